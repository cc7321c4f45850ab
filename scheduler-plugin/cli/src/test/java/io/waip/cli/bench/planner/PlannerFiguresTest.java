package io.waip.cli.bench.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.cost.LatencyModel;
import io.waip.cli.input.UserError;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerFiguresTest {
  private static final long MS = 1_000_000;

  /** Times of the four forms: two threads take the given share of one thread's time. */
  private static LatencyModel times(double wideShare) {
    return (variant, batch, length) -> {
      double perToken = variant % 2 == 0 ? 0.3e6 : 0.15e6;
      double narrow = 1e6 + perToken * batch * length;
      return Math.round(variant >= 2 ? wideShare * narrow : narrow);
    };
  }

  @Test
  void longTextsMissTheObjectiveOnOneThreadAndKeepItOnTwo() {
    LatencyModel times = times(0.65);
    long slo = Phases.sloNanos(times);
    Phase lengths = Phases.of(times, slo, 2).get(2);
    int longest = lengths.streams().getFirst().longest();
    assertThat(times.medianNanos(1, 1, longest)).isGreaterThan(slo);
    assertThat(1.2 * times.medianNanos(3, 1, longest)).isLessThan(slo);
  }

  @Test
  void saysThatNoPhaseNeedsTwoThreadsWhereTheyAreNoFaster() {
    assertThatThrownBy(() -> Phases.sloNanos(times(0.9)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no phase needs two");
  }

  @Test
  void drawsTheSameRequestsForASeedInOrder() {
    Phase phase = new Phase("any", List.of(new Phase.Stream(0, 200, 8, 24)));
    PhasedLoad load = PhasedLoad.draw(List.of(phase, phase), 10, 3);
    assertThat(load).isEqualTo(PhasedLoad.draw(List.of(phase, phase), 10, 3));
    assertThat(load.requests()).isSortedAccordingTo((a, b) -> Long.compare(a.nanos(), b.nanos()));
    assertThat((double) load.requests().size()).isCloseTo(4_000, within(4 * Math.sqrt(4_000)));
    assertThat(load.requests()).allMatch(r -> r.length() >= 8 && r.length() <= 24);
  }

  @Test
  void countsWhatWasAnsweredInTimeByItsIntendedSendTime() {
    List<PhasedLoad.Request> requests =
        List.of(
            new PhasedLoad.Request(0, 0, 8),
            new PhasedLoad.Request(400 * MS, 0, 8),
            new PhasedLoad.Request(900 * MS, 0, 8),
            new PhasedLoad.Request(1_500 * MS, 0, 8));
    LoadRun run = new LoadRun(new PhasedLoad(requests, 2, List.of()), 50 * MS);
    run.answered(0, 50 * MS);
    run.answered(1, 451 * MS);
    run.refused(2);
    assertThat(run.goodputRps(0, 1_000 * MS)).isEqualTo(1);
    assertThat(run.p99Millis(0, 1_000 * MS)).isEqualTo(51);
    assertThat(run.lost()).isEqualTo(1);
    run.failed(3);
    assertThat(run.lost()).isEqualTo(1);
  }

  @Test
  void statesIntervalsFromEarlierWindowsOnly() {
    List<Double> predicted = Collections.nCopies(8, 100.0);
    List<Double> measured = List.of(90.0, 95.0, 100.0, 91.0, 92.0, 97.0, 93.0, 50.0);
    // The 7th is between 90 and 100, the 8th is not.
    assertThat(Intervals.of(predicted, measured)).isEqualTo(new Intervals(2, 1, 0.9, 1.0));
  }

  @Test
  void statesNoIntervalFromTooFewWindows() {
    assertThat(Intervals.of(Collections.nCopies(6, 1.0), Collections.nCopies(6, 1.0)))
        .isEqualTo(new Intervals(0, 0, null, null));
  }

  @Test
  void everyStaticPlanServesEachServiceByOneForm() {
    for (StaticPlan plan : StaticPlan.sweep()) {
      assertThat(plan.plan().services())
          .as(plan.title())
          .allMatch(service ->
              service.limits().variants().stream().filter(v -> v.maxShare() == 1).count() == 1);
    }
  }
}
