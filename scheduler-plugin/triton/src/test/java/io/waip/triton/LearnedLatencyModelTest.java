package io.waip.triton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LearnedLatencyModelTest {
  private static final long MS = Specs.MS;

  private static LearnedLatencyModel unmeasured() {
    PlanningSpec spec = Specs.spec(Specs.embed());
    LearnedLatencyModel model =
        new LearnedLatencyModel(PlanningSpec.of(spec.services(), spec.tenants(), true, List.of()));
    model.cover(new int[] {8, 8});
    return model;
  }

  private static void observe(LearnedLatencyModel model, int times, long nanos) {
    for (int i = 0; i < times; i++) {
      model.observe(0, 4, 128, nanos);
    }
  }

  @Test
  void startsFarBelowTheObjectiveWhereNothingWasMeasured() {
    // 1 s objective: 5 ms and a bit more for the largest batch is 45 ms.
    assertThat(unmeasured().medianNanos(0, 1, 1)).isBetween(5 * MS, 8 * MS);
    assertThat(unmeasured().medianNanos(0, 8, 512)).isBetween(40 * MS, 50 * MS);
  }

  @Test
  void startsFromGivenPoints() {
    LearnedLatencyModel model = new LearnedLatencyModel(Specs.spec(Specs.embed()));
    model.cover(new int[] {8, 8});
    // 4 ms and 0.01 ms for each of 4 · 64 elements.
    assertThat((double) model.medianNanos(0, 4, 64)).isCloseTo(6.56e6, within(0.1e6));
  }

  @Test
  void followsWhatWasObserved() {
    LearnedLatencyModel model = unmeasured();
    observe(model, 40, 90 * MS);
    assertThat(model.refresh()).isTrue();
    assertThat((double) model.medianNanos(0, 4, 128)).isCloseTo(90e6, within(9e6));
    observe(model, 60, 30 * MS);
    assertThat(model.refresh()).isTrue();
    assertThat((double) model.medianNanos(0, 4, 128)).isCloseTo(30e6, within(5e6));
  }

  @Test
  void whatIsSlowAtOneShapeIsTakenForSlowAtOthers() {
    LearnedLatencyModel model = unmeasured();
    long before = model.medianNanos(0, 1, 16);
    observe(model, 40, 10 * model.medianNanos(0, 4, 128));
    model.refresh();
    assertThat(model.medianNanos(0, 1, 16)).isGreaterThan(5 * before);
    assertThat(model.medianNanos(1, 1, 16)).isEqualTo(before);
  }

  @Test
  void staysMonotoneWhateverWasObserved() {
    LearnedLatencyModel model = unmeasured();
    observe(model, 40, 500 * MS);
    for (int i = 0; i < 40; i++) {
      model.observe(0, 8, 512, MS);
    }
    model.refresh();
    for (int batch = 1; batch <= 8; batch++) {
      for (int length = 1; length < 512; length += 7) {
        long here = model.medianNanos(0, batch, length);
        assertThat(model.medianNanos(0, batch, length + 7)).isGreaterThanOrEqualTo(here);
        assertThat(model.medianNanos(0, batch + 1, length)).isGreaterThanOrEqualTo(here);
      }
    }
  }

  @Test
  void theFirstExecutionTeachesNothing() {
    LearnedLatencyModel model = unmeasured();
    observe(model, 1, 900 * MS);
    assertThat(model.refresh()).isFalse();
  }

  @Test
  void aSmallChangeIsLeftToTheEngine() {
    LearnedLatencyModel model = unmeasured();
    observe(model, 20, Math.round(1.02 * model.medianNanos(0, 4, 128)));
    assertThat(model.refresh()).isFalse();
  }

  @Test
  void doubtBringsARefusedVariantBack() {
    LearnedLatencyModel model = unmeasured();
    long before = model.medianNanos(0, 4, 128);
    observe(model, 40, 100 * before);
    model.refresh();
    for (int i = 0; i < 10; i++) {
      model.doubt(0);
    }
    model.refresh();
    assertThat(model.medianNanos(0, 4, 128)).isLessThan(2 * before);
  }

  @Test
  void oneExecutionShowsThatADoubtedVariantIsStillSlow() {
    LearnedLatencyModel model = unmeasured();
    observe(model, 40, 900 * MS);
    for (int i = 0; i < 10; i++) {
      model.doubt(0);
    }
    observe(model, 1, 900 * MS);
    model.refresh();
    assertThat((double) model.medianNanos(0, 4, 128)).isCloseTo(900e6, within(45e6));
  }

  @Test
  void nonsenseTeachesNothing() {
    LearnedLatencyModel model = unmeasured();
    observe(model, 5, 0);
    observe(model, 5, -1);
    observe(model, 5, Long.MAX_VALUE);
    assertThat(model.refresh()).isFalse();
  }
}
