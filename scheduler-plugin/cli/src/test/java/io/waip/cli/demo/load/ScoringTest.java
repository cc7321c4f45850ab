package io.waip.cli.demo.load;

import static io.waip.cli.demo.load.Loads.MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoringTest {
  private static final List<String> VARIANTS = List.of("fp32", "int8");

  private final TextLoad interactive = Loads.of(1, 1000, 0, 100, 200, 300);
  private final TextLoad offline = Loads.of(0, 1000, 0, 100, 200, 300);

  private static RequestLog log(TextLoad load) {
    RequestLog log = new RequestLog(load, VARIANTS, (l, i, reply) -> true);
    for (int i = 0; i < load.size(); i++) {
      log.sent(i, load.arrivalNanos(i));
    }
    return log;
  }

  private static Serving.Reply ended(Outcome outcome, Reason reason) {
    return Serving.Reply.without(outcome, reason);
  }

  private static Serving.Reply answered() {
    return ended(Outcome.COMPLETED, Reason.NONE);
  }

  private static ArmFigures figures(RequestLog log, ExecutionLog.Execution... executions) {
    return new Scoring(log, List.of(executions), 0, (variant, batch, length) -> batch * MS)
        .figures();
  }

  @Test
  void countsAnswersWithinTheObjectiveFromTheIntendedSendTime() {
    RequestLog log = log(interactive);
    log.ended(0, 99 * MS, answered());
    log.ended(1, 201 * MS, answered());
    log.ended(2, 210 * MS, answered());
    log.ended(3, 450 * MS, answered());
    ArmFigures figures = figures(log);
    assertThat(figures.goodputRps()).isEqualTo(2);
    assertThat(figures.sloAttainment()).isEqualTo(0.5);
    assertThat(figures.interactiveAttainment()).isEqualTo(0.5);
    assertThat(figures.late()).isEqualTo(2);
    assertThat(figures.p50Ms()).isEqualTo(99);
    assertThat(figures.p99Ms()).isEqualTo(150);
    assertThat(figures.isSound()).isTrue();
  }

  @Test
  void countsOfflineAnswersWithinTheWindow() {
    RequestLog log = log(offline);
    log.ended(0, 999 * MS, answered());
    log.ended(1, 1001 * MS, answered());
    log.ended(2, 900 * MS, ended(Outcome.REJECTED, Reason.QUEUE_FULL));
    log.ended(3, 1100 * MS, ended(Outcome.CANCELLED, Reason.CLIENT));
    ArmFigures figures = figures(log);
    assertThat(figures.offlineRps()).isEqualTo(1);
    assertThat(figures.late()).isEqualTo(1);
    assertThat(figures.shed()).isEqualTo(1);
    assertThat(figures.unfinished()).isEqualTo(1);
    assertThat(figures.interactiveAttainment()).isEqualTo(1);
  }

  @Test
  void findsLostAndDuplicatedRequests() {
    RequestLog log = log(interactive);
    log.ended(0, 10 * MS, answered());
    log.ended(0, 11 * MS, answered());
    log.ended(1, 110 * MS, answered());
    log.ended(2, 210 * MS, answered());
    ArmFigures figures = figures(log);
    assertThat(figures.lost()).isEqualTo(1);
    assertThat(figures.duplicated()).isEqualTo(1);
    assertThat(figures.isSound()).isFalse();
  }

  @Test
  void countsFailedRefusedAndWrongAnswersAsErrors() {
    RequestLog log = new RequestLog(interactive, VARIANTS, (load, i, reply) -> i != 2);
    for (int i = 0; i < 4; i++) {
      log.sent(i, interactive.arrivalNanos(i));
    }
    log.ended(0, 10 * MS, ended(Outcome.FAILED, Reason.EXECUTION_ERROR));
    log.ended(1, 100 * MS, ended(Outcome.FAILED, Reason.EXECUTION_ERROR));
    log.ended(2, 210 * MS, answered());
    log.ended(3, 310 * MS, answered());
    ArmFigures figures = figures(log);
    assertThat(figures.errors()).isEqualTo(3);
    assertThat(figures.goodputRps()).isEqualTo(1);
    assertThat(figures.late()).isZero();
  }

  @Test
  void averagesBatchesByExecution() {
    ArmFigures figures =
        figures(
            log(offline),
            new ExecutionLog.Execution(1, 1, 20, 5, 2 * MS, 10 * MS),
            new ExecutionLog.Execution(1, 3, 20, 33, 6 * MS, 400 * MS));
    assertThat(figures.meanBatch()).isEqualTo(2, within(1e-9));
    assertThat(figures.paddingShare()).isEqualTo(1 - 38 / 80.0, within(1e-9));
    // Each execution took 2 ms for each request of the batch; the curve says 1 ms. 8 ms in 1 s.
    assertThat(figures.executionOverCurve()).isEqualTo(2, within(1e-9));
    assertThat(figures.busyShare()).isEqualTo(0.008, within(1e-9));
    assertThat(figures.variantShare()).containsEntry("int8", 1.0).containsEntry("fp32", 0.0);
  }

  @Test
  void executionsAfterTheWindowDoNotMakeItBusy() {
    ArmFigures figures =
        figures(log(offline), new ExecutionLog.Execution(0, 1, 20, 20, 5 * MS, 1001 * MS));
    assertThat(figures.busyShare()).isZero();
    assertThat(figures.meanBatch()).isEqualTo(1);
  }

  @Test
  void splitsAttainmentByFifthsOfTheLengths() {
    TextLoad load = Loads.even(1, 1000, 200);
    RequestLog log = new RequestLog(load, VARIANTS, (l, i, reply) -> true);
    for (int i = 0; i < 200; i++) {
      log.sent(i, load.arrivalNanos(i));
      long latency = load.length(i) == 20 ? 101 * MS : MS;
      log.ended(i, load.arrivalNanos(i) + latency, answered());
    }
    List<ArmFigures.Quintile> quintiles = figures(log).lengthQuintiles();
    assertThat(quintiles.getLast().maxLength()).isEqualTo(20);
    assertThat(quintiles.getLast().attainment()).isZero();
    assertThat(quintiles.getFirst().attainment()).isEqualTo(1);
    assertThat(quintiles.stream().mapToLong(ArmFigures.Quintile::requests).sum()).isEqualTo(200);
  }

  @Test
  void reportsHowLateRequestsWereSent() {
    RequestLog log = new RequestLog(offline, VARIANTS, (l, i, reply) -> true);
    for (int i = 0; i < 4; i++) {
      log.sent(i, offline.arrivalNanos(i) + (i + 1) * MS);
    }
    ArmFigures figures = figures(log);
    assertThat(figures.sendLagP50Ms()).isEqualTo(2);
    assertThat(figures.sendLagP99Ms()).isEqualTo(4);
  }

  @Test
  void aRunWithoutAnswersHasNoRatesAndNoDivisionByZero() {
    ArmFigures figures = figures(new RequestLog(offline, VARIANTS, (l, i, reply) -> true));
    assertThat(figures.goodputRps()).isZero();
    assertThat(figures.meanBatch()).isZero();
    assertThat(figures.paddingShare()).isZero();
    assertThat(figures.lost()).isZero();
  }
}
