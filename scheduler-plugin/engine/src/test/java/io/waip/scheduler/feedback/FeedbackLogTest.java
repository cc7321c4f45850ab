package io.waip.scheduler.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import org.junit.jupiter.api.Test;

class FeedbackLogTest {
  private static final long SECOND = 1_000_000_000L;

  private final FeedbackLog log = new FeedbackLog(2, 2, 3);

  private void execute(int times, double predicted, long measured) {
    for (int i = 0; i < times; i++) {
      log.executed(0, 1, 2, predicted, measured);
    }
  }

  @Test
  void correctsNothingBeforeItMeasures() {
    assertThat(log.correction(1, 2)).isEqualTo(1);
  }

  @Test
  void movesTheLogOfTheCorrectionByATwentiethOfTheResidual() {
    execute(1, 100, 200);
    assertThat(log.correction(1, 2)).isCloseTo(Math.pow(2, 0.05), within(1e-12));
  }

  @Test
  void convergesToWhatIsMeasuredThereAndNowhereElse() {
    execute(300, 100, 150);
    assertThat(log.correction(1, 2)).isCloseTo(1.5, within(1e-6));
    assertThat(log.correction(1, 1)).isEqualTo(1);
    assertThat(log.correction(0, 2)).isEqualTo(1);
  }

  @Test
  void keepsTheCorrectionWithinItsRange() {
    execute(300, 1, 1_000_000);
    assertThat(log.correction(1, 2)).isEqualTo(4);
    FeedbackLog fast = new FeedbackLog(1, 1, 1);
    for (int i = 0; i < 300; i++) {
      fast.executed(0, 0, 0, 1_000_000, 1);
    }
    assertThat(fast.correction(0, 0)).isEqualTo(0.5);
  }

  @Test
  void learnsNothingFromATimeThatIsNone() {
    execute(10, 100, 0);
    assertThat(log.correction(1, 2)).isEqualTo(1);
    assertThat(log.batches()).isEqualTo(10);
  }

  @Test
  void halvesTheLogOfACorrectionWithEachSecondNothingRan() {
    log.relax(0);
    execute(400, 100, 256);
    log.relax(SECOND - 1);
    assertThat(log.correction(1, 2)).isCloseTo(2.56, within(1e-6));
    log.relax(SECOND);
    assertThat(log.correction(1, 2)).isCloseTo(1.6, within(1e-6));
    log.relax(4 * SECOND + 5);
    assertThat(log.correction(1, 2)).isCloseTo(Math.pow(2.56, 1.0 / 16), within(1e-6));
  }

  @Test
  void keepsACorrectionThatExecutionsRenew() {
    log.relax(0);
    for (int i = 1; i < 50; i++) {
      log.executed(i * SECOND / 2, 1, 2, 100, 200);
      double before = log.correction(1, 2);
      log.relax(i * SECOND / 2);
      assertThat(log.correction(1, 2)).isEqualTo(before);
    }
  }

  @Test
  void plansWithThePlansMarginUntilItMeasuresALargerOne() {
    execute(18, 100, 200);
    assertThat(log.planning(1, 2, 1.2)).isEqualTo(log.correction(1, 2));
    execute(1, 100, 200);
    assertThat(log.planning(1, 2, 1.2)).isGreaterThan(1.2 * log.correction(1, 2));
  }

  @Test
  void aSmallerMeasuredMarginDoesNotReplaceThePlans() {
    execute(100, 100, 100);
    assertThat(log.planning(1, 2, 1.2)).isEqualTo(1);
  }

  @Test
  void aWildVariantDoesNotChangeThePlansForOthers() {
    for (int i = 0; i < 100; i++) {
      log.executed(0, 1, 0, 1, 1_000_000);
      log.executed(0, 1, 2, 100, 100);
    }
    assertThat(log.planning(1, 2, 1.2)).isEqualTo(1);
  }

  @Test
  void neverPlansWithMoreThanTheHighestCorrection() {
    execute(100, 1, 1_000_000);
    assertThat(log.planning(1, 2, 1.2)).isEqualTo(4);
  }

  @Test
  void plansForTheNineteenOfTwentyThatAreNotSlower() {
    for (int i = 0; i < 400; i++) {
      execute(1, 100, i % 40 == 7 ? 200 : i % 20 == 3 ? 120 : 100);
    }
    // Of 256 residuals at most 7 are those of 200: the 245th is one of 120, over the correction.
    double margin = log.planning(1, 2, 1);
    assertThat(margin).isBetween(1.19, 1.25);
    assertThat(log.correction(1, 2)).isBetween(1.0, 1.1);
  }

  @Test
  void forgetsItsMarginWhenNothingRanForASecond() {
    log.relax(0);
    execute(100, 100, 300);
    log.relax(2 * SECOND);
    assertThat(log.planning(1, 2, 1.2)).isEqualTo(log.correction(1, 2));
  }

  @Test
  void countsEachEndUnderItsOutcomeAndReason() {
    log.ended(Outcome.REJECTED, Reason.RATE_LIMIT);
    log.ended(Outcome.REJECTED, Reason.QUEUE_FULL);
    assertThat(log.count(Outcome.REJECTED)).isEqualTo(2);
    assertThat(log.count(Reason.RATE_LIMIT)).isEqualTo(1);
    assertThat(log.count(Outcome.COMPLETED)).isZero();
  }

  @Test
  void recordsLatencyAndBearsAClockThatDisagrees() {
    log.answered(1, 5_000_000);
    log.answered(1, -3);
    log.answered(1, Long.MAX_VALUE);
    assertThat(log.latency(1).getTotalCount()).isEqualTo(3);
    assertThat(log.latency(0).getTotalCount()).isZero();
    assertThat((double) log.latency(1).getValueAtPercentile(50)).isCloseTo(5e6, within(5e6 / 100));
  }
}
