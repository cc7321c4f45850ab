package io.waip.replay.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.schedule.EndpointState;
import io.waip.replay.drive.EndpointTimeline.Finish;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointTimelineTest {
  private static EndpointEvent state(long time, int endpoint, EndpointState state) {
    return new EndpointEvent.StateChange(time, endpoint, state);
  }

  private static EndpointEvent slow(long time, int endpoint, double factor) {
    return new EndpointEvent.Slowdown(time, endpoint, factor);
  }

  private static EndpointTimeline timeline(EndpointEvent... events) {
    return new EndpointTimeline(List.of(events));
  }

  @Test
  void aBatchTakesItsTimeWhereNothingHappens() {
    assertThat(timeline().finish(0, 100, 50)).isEqualTo(new Finish(150, false));
    assertThat(timeline(slow(120, 1, 3)).finish(0, 100, 50)).isEqualTo(new Finish(150, false));
    assertThat(timeline(slow(150, 0, 3)).finish(0, 100, 50)).isEqualTo(new Finish(150, false));
  }

  @Test
  void theRestOfARunningBatchIsSlowedDownToo() {
    // 20 of 50 at full speed, 10 more at a third of it, 20 at half of it.
    EndpointTimeline timeline = timeline(slow(120, 0, 3), slow(150, 0, 2));

    assertThat(timeline.finish(0, 100, 50)).isEqualTo(new Finish(190, false));
  }

  @Test
  void aBatchFailsWhenItsEndpointGoesDownBeforeItsEnd() {
    EndpointTimeline timeline =
        timeline(state(140, 0, EndpointState.DOWN), state(110, 0, EndpointState.DRAINING));

    assertThat(timeline.finish(0, 100, 50)).isEqualTo(new Finish(140, true));
    assertThat(timeline.finish(0, 100, 40)).isEqualTo(new Finish(140, false));
    assertThat(timeline.finish(1, 100, 50)).isEqualTo(new Finish(150, false));
  }

  @Test
  void eventsComeInOrderOfTimeAndThenAsGiven() {
    EndpointTimeline timeline =
        timeline(slow(9, 0, 4), state(5, 0, EndpointState.DOWN), state(5, 0, EndpointState.UP));

    assertThat(timeline.nextNanos()).isEqualTo(5);
    timeline.advance();
    assertThat(timeline.state(0)).isEqualTo(EndpointState.DOWN);
    timeline.advance();
    assertThat(timeline.state(0)).isEqualTo(EndpointState.UP);
    timeline.advance();
    assertThat(timeline.nextNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(timeline.finish(0, 9, 10)).isEqualTo(new Finish(49, false));
  }

  @Test
  void rejectsWhatCannotHappen() {
    assertThatThrownBy(() -> slow(1, 0, 0.5)).hasMessageContaining("[1, 1000]");
    assertThatThrownBy(() -> slow(-1, 0, 2)).hasMessageContaining("must be >= 0");
    assertThatThrownBy(() -> state(1, -1, EndpointState.UP)).hasMessageContaining(">= 0");
  }
}
