package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlotsTest {
  @Test
  void findsARequestByItsId() {
    Slots slots = new Slots(2);
    Submission first = submission();
    Submission second = submission();
    slots.add(first);
    slots.add(second);

    assertThat(slots.get(first.requestId)).isSameAs(first);
    assertThat(slots.get(second.requestId)).isSameAs(second);
  }

  @Test
  void anIdIsNotFoundAgainWhenItsSlotIsReused() {
    Slots slots = new Slots(1);
    Submission first = submission();
    slots.add(first);
    long stale = first.requestId;
    slots.remove(first);
    slots.add(submission());

    assertThat(Slots.holds(first)).isFalse();
    assertThatThrownBy(() -> slots.get(stale))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no request has id " + stale);
  }

  @Test
  void visitsEveryRequestEvenIfEachIsRemoved() {
    Slots slots = new Slots(3);
    for (int i = 0; i < 3; i++) {
      slots.add(submission());
    }
    List<Submission> visited = new ArrayList<>();
    slots.forEach(submission -> {
      visited.add(submission);
      slots.remove(submission);
    });

    assertThat(visited).hasSize(3);
    slots.forEach(submission -> assertThat(submission).as("left over").isNull());
  }

  @Property(tries = 200)
  void neverGivesTheSameIdTwice(
      @ForAll List<@IntRange(min = 0, max = 1) Integer> addOrRemove,
      @ForAll @IntRange(min = 1, max = 5) int capacity) {
    Slots slots = new Slots(capacity);
    List<Submission> open = new ArrayList<>();
    Set<Long> ids = new HashSet<>();
    for (int step : addOrRemove) {
      if (step == 0 && open.size() < capacity) {
        Submission submission = submission();
        slots.add(submission);
        open.add(submission);
        assertThat(ids.add(submission.requestId)).isTrue();
      } else if (step == 1 && !open.isEmpty()) {
        slots.remove(open.remove(0));
      }
      open.forEach(s -> assertThat(slots.get(s.requestId)).isSameAs(s));
    }
  }

  private static Submission submission() {
    return new Submission(
        new Submission.Call(0, Tier.OFFLINE, 0, RequestDescriptor.NO_DEADLINE, 0),
        new InputRow[0],
        1);
  }
}
