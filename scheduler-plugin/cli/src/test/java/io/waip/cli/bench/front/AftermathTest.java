package io.waip.cli.bench.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.cli.bench.load.LoadLog;
import java.util.List;
import org.junit.jupiter.api.Test;

class AftermathTest {
  /** Answers 5 ms after each of the requests every 10 ms; no pause above 20 ms. */
  private static final Calm CALM = new Calm(Logs.nanos(8), Logs.nanos(20));

  private static Aftermath at(LoadLog log, double atMs, double endMs) {
    return Aftermath.of(log, Calm.answers(log), Logs.nanos(atMs), Logs.nanos(endMs), CALM);
  }

  @Test
  void calmIsTheTailAndTheLongestPauseOfAQuietRun() {
    Calm calm = Calm.of(new Logs().steady(0, 99, 5).ok(0, 1010, 1018).build());

    assertThat(calm.latencyP99Nanos()).isEqualTo(Logs.nanos(5));
    assertThat(calm.longestGapNanos()).isEqualTo(Logs.nanos(1018 - 985));
  }

  @Test
  void aFaultNobodyNoticesLeavesNoTrace() {
    Aftermath after = at(new Logs().steady(0, 100, 5).build(), 500, 1000);

    assertThat(after).isEqualTo(new Aftermath(0, 0, 0, 0, 0, 5));
  }

  @Test
  void aPauseThatBeganBeforeTheFaultIsMeasuredFromTheFault() {
    LoadLog log = new Logs().steady(0, 50, 5).ok(0, 500, 1105).steady(1110, 60, 5).build();

    Aftermath after = at(log, 502, 5000);

    assertThat(after.stockMillis()).isCloseTo(1105 - 502, within(1e-6));
    assertThat(after.usualMillis()).isCloseTo(1110 - 502, within(1e-6));
  }

  @Test
  void aPauseLaterOnIsMeasuredByItself() {
    LoadLog log = new Logs().steady(0, 70, 5).steady(800, 60, 5).build();

    Aftermath after = at(log, 502, 5000);

    assertThat(after.stockMillis()).isCloseTo(805 - 695, within(1e-6));
  }

  @Test
  void aPauseOfTheGeneratorItselfIsNone() {
    LoadLog log = new Logs().steady(0, 60, 5).late(600, 700, 705).steady(710, 60, 5).build();

    assertThat(at(log, 502, 5000).stockMillis()).isZero();
  }

  @Test
  void aPauseThatReachesIntoTheNextFaultIsCutThere() {
    LoadLog log = new Logs().steady(0, 70, 5).steady(1800, 60, 5).build();

    assertThat(at(log, 502, 800).stockMillis()).isCloseTo(800 - 695, within(1e-6));
  }

  @Test
  void lateRequestsDelayTheUsualLatencyThoughAnswersFlow() {
    LoadLog log = new Logs().steady(0, 50, 5).steady(500, 30, 12).steady(800, 40, 5).build();

    Aftermath after = at(log, 500, 5000);

    assertThat(after.stockMillis()).isZero();
    assertThat(after.worstMillis()).isCloseTo(12, within(1e-6));
    assertThat(after.usualMillis()).isCloseTo(300, within(1e-6));
  }

  @Test
  void whatDoesNotReturnBeforeTheNextFaultHasNoFigure() {
    LoadLog log = new Logs().steady(0, 50, 5).steady(500, 30, 12).steady(800, 40, 5).build();

    assertThat(at(log, 500, 800).usualMillis()).isNaN();
  }

  @Test
  void lostFailedAndWrongRequestsAreTheFaultsDuringWhichTheyEnded() {
    LoadLog log =
        new Logs()
            .error(10, 12)
            .error(90, 110)
            .lost(120)
            .wrong(130, 131)
            .error(140, 260)
            .lost(300)
            .build();

    Aftermath after = at(log, 100, 250);

    assertThat(after.errors()).isEqualTo(1);
    assertThat(after.lost()).isEqualTo(1);
    assertThat(after.wrong()).isEqualTo(1);
  }

  @Test
  void figuresOfAFaultSumItsRunsAndKeepTheWorst() {
    LoadLog log = new Logs().steady(0, 100, 5).lost(1000).steady(1010, 100, 5).build();
    List<FaultRun> runs =
        List.of(
            run(Fault.PLANNER_KILLED, 100, 100, 400),
            run(Fault.BYPASS_FLIPPED, 500, 600, 650),
            run(Fault.PLANNER_KILLED, 900, 900, 1800));

    List<FaultFigures> figures = FaultFigures.of(runs, log, CALM);

    assertThat(figures)
        .extracting(FaultFigures::name)
        .containsExactly("planner_killed", "bypass_flipped");
    FaultFigures killed = figures.getFirst();
    assertThat(killed.runs()).isEqualTo(2);
    assertThat(killed.lost()).isEqualTo(1);
    assertThat(killed.recoveryMs()).isCloseTo(900, within(1e-6));
    assertThat(killed.recoveryP50Ms()).isCloseTo(600, within(1e-6));
    assertThat(figures.getLast().lost()).isZero();
  }

  private static FaultRun run(Fault fault, double atMs, double healedMs, double backMs) {
    return new FaultRun(fault, Logs.nanos(atMs), Logs.nanos(healedMs), Logs.nanos(backMs), true);
  }
}
