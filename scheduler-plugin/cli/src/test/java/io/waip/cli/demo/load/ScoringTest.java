package io.waip.cli.demo.load;

import static io.waip.cli.demo.load.Loads.MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.onnxruntime.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoringTest {
  private static final List<String> VARIANTS = List.of("fp32", "int8");

  private final TextLoad interactive = Loads.of(1, 1000, 0, 100, 200, 300);
  private final TextLoad offline = Loads.of(0, 1000, 0, 100, 200, 300);

  private static RequestLog log(TextLoad load) {
    RequestLog log = new RequestLog(load, VARIANTS, (l, i, answer) -> true);
    for (int i = 0; i < load.size(); i++) {
      log.sent(i, load.arrivalNanos(i));
    }
    return log;
  }

  private static Answer ended(Outcome outcome, Reason reason) {
    return answer(outcome, reason, null);
  }

  private static Answer served(Outcome outcome, int batch, int padded) {
    return answer(
        outcome, Reason.NONE, new Answer.Served("int8", batch, padded, 0, batch * 2L * MS));
  }

  private static Answer answer(Outcome outcome, Reason reason, Answer.@Nullable Served served) {
    return new Answer(new Answer.Ending(outcome, reason, 0, ""), 0, served, null);
  }

  private static ArmFigures figures(RequestLog log) {
    return new Scoring(log, (variant, batch, length) -> batch * MS).figures(0);
  }

  @Test
  void countsAnswersWithinTheObjectiveFromTheIntendedSendTime() {
    RequestLog log = log(interactive);
    log.answered(0, 99 * MS, served(Outcome.COMPLETED, 1, 20));
    log.answered(1, 201 * MS, served(Outcome.COMPLETED, 1, 20));
    log.answered(2, 210 * MS, served(Outcome.COMPLETED, 1, 20));
    log.answered(3, 450 * MS, served(Outcome.LATE, 1, 20));
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
    log.answered(0, 999 * MS, served(Outcome.COMPLETED, 1, 20));
    log.answered(1, 1001 * MS, served(Outcome.COMPLETED, 1, 20));
    log.answered(2, 900 * MS, ended(Outcome.REJECTED, Reason.QUEUE_FULL));
    log.answered(3, 1100 * MS, ended(Outcome.EVICTED, Reason.SHUTDOWN));
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
    log.answered(0, 10 * MS, served(Outcome.COMPLETED, 1, 20));
    log.answered(0, 11 * MS, served(Outcome.COMPLETED, 1, 20));
    log.answered(1, 110 * MS, served(Outcome.COMPLETED, 1, 20));
    log.answered(2, 210 * MS, served(Outcome.COMPLETED, 1, 20));
    ArmFigures figures = new Scoring(log, (variant, batch, length) -> MS).figures(2);
    assertThat(figures.lost()).isEqualTo(1);
    assertThat(figures.duplicated()).isEqualTo(1 + 2);
    assertThat(figures.isSound()).isFalse();
  }

  @Test
  void countsFailedRefusedAndWrongAnswersAsErrors() {
    RequestLog log = new RequestLog(interactive, VARIANTS, (load, i, answer) -> i != 2);
    for (int i = 0; i < 4; i++) {
      log.sent(i, interactive.arrivalNanos(i));
    }
    log.answered(0, 10 * MS, ended(Outcome.FAILED, Reason.EXECUTION_ERROR));
    log.refused(1, 100 * MS);
    log.answered(2, 210 * MS, served(Outcome.COMPLETED, 1, 20));
    log.answered(3, 310 * MS, served(Outcome.COMPLETED, 1, 20));
    ArmFigures figures = figures(log);
    assertThat(figures.errors()).isEqualTo(3);
    assertThat(figures.goodputRps()).isEqualTo(1);
    assertThat(figures.late()).isZero();
  }

  @Test
  void averagesBatchesByExecution() {
    RequestLog log = log(offline);
    log.answered(0, 10 * MS, served(Outcome.COMPLETED, 1, 20));
    for (int i = 1; i < 4; i++) {
      log.answered(i, 400 * MS, served(Outcome.COMPLETED, 3, 20));
    }
    ArmFigures figures = figures(log);
    int elements = offline.length(0) + offline.length(1) + offline.length(2) + offline.length(3);
    assertThat(figures.meanBatch()).isEqualTo(2, within(1e-9));
    assertThat(figures.paddingShare()).isEqualTo(1 - elements / 80.0, within(1e-9));
    // Each execution took 2 ms for each request of the batch; the curve says 1 ms. 8 ms in 1 s.
    assertThat(figures.executionOverCurve()).isEqualTo(2, within(1e-9));
    assertThat(figures.busyShare()).isEqualTo(0.008, within(1e-9));
    assertThat(figures.variantShare()).containsEntry("int8", 1.0).containsEntry("fp32", 0.0);
  }

  @Test
  void splitsAttainmentByFifthsOfTheLengths() {
    TextLoad load = Loads.even(1, 1000, 200);
    RequestLog log = new RequestLog(load, VARIANTS, (l, i, answer) -> true);
    for (int i = 0; i < 200; i++) {
      log.sent(i, load.arrivalNanos(i));
      Outcome outcome = load.length(i) == 20 ? Outcome.LATE : Outcome.COMPLETED;
      log.answered(i, load.arrivalNanos(i) + MS, served(outcome, 1, 20));
    }
    List<ArmFigures.Quintile> quintiles = figures(log).lengthQuintiles();
    assertThat(quintiles.getLast().maxLength()).isEqualTo(20);
    assertThat(quintiles.getLast().attainment()).isZero();
    assertThat(quintiles.getFirst().attainment()).isEqualTo(1);
    assertThat(quintiles.stream().mapToLong(ArmFigures.Quintile::requests).sum()).isEqualTo(200);
  }

  @Test
  void reportsHowLateRequestsWereSent() {
    RequestLog log = new RequestLog(offline, VARIANTS, (l, i, answer) -> true);
    for (int i = 0; i < 4; i++) {
      log.sent(i, offline.arrivalNanos(i) + (i + 1) * MS);
    }
    ArmFigures figures = figures(log);
    assertThat(figures.sendLagP50Ms()).isEqualTo(2);
    assertThat(figures.sendLagP99Ms()).isEqualTo(4);
  }

  @Test
  void aRunWithoutAnswersHasNoRatesAndNoDivisionByZero() {
    ArmFigures figures = figures(new RequestLog(offline, VARIANTS, (l, i, answer) -> true));
    assertThat(figures.goodputRps()).isZero();
    assertThat(figures.meanBatch()).isZero();
    assertThat(figures.paddingShare()).isZero();
    assertThat(figures.lost()).isZero();
  }
}
