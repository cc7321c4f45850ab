package io.waip.replay.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.replay.Loss;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Devices that are taken away at times. */
class SpotTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Offer SPOT = new Offer("l4", true);

  private static CapacityQuestion question(SpotTerms terms) {
    CapacityQuestion simple = Questions.simple(Questions.traffic("poisson", 30_000, 1500), 12);
    return new CapacityQuestion(
        simple.traffic(),
        simple.services(),
        List.of(DeviceKind.of("l4", 12, 1, 1).withSpot(terms)),
        64,
        simple.noise(),
        simple.effort());
  }

  /** Spot devices at money 0.6. */
  private static SpotTerms terms(double perHour, long noticeNanos, long replacementNanos) {
    return new SpotTerms(PriceCurve.flat(0.6), perHour, noticeNanos, replacementNanos);
  }

  private static CapacityAnswer answer(SpotTerms terms) {
    CapacityAnswer answer = CapacityPlanner.answer(question(terms));
    System.out.println("figures: " + answer.spot().getFirst().text());
    return answer;
  }

  private static double failed(SpotTerms terms) {
    Trials trials = new Trials(question(terms), _ -> {});
    return trials.replay(SPOT.of(4)).losses().stream().mapToDouble(Loss::failedRps).sum();
  }

  @Test
  void rareInterruptionsMakeSpotCheaper() {
    CapacityAnswer answer = answer(terms(180, SECOND, SECOND));
    assertThat(answer.spot().getFirst().isSpotBetter()).isTrue();
    assertThat(answer.chosen().purchase().lots().getFirst().offer()).isEqualTo(SPOT);
    assertThat(answer.chosen().interruptions()).isPositive();
  }

  @Test
  void interruptionsThatKeepDevicesAwayMakeSpotDearer() {
    CapacityAnswer answer = answer(terms(720, SECOND, 5 * SECOND));
    SpotVerdict verdict = answer.spot().getFirst();
    assertThat(verdict.isSpotBetter()).isFalse();
    assertThat(verdict.spot()).isPresent();
    assertThat(verdict.text()).contains("l4 spot at ").contains(", not less than 2 l4 at 2.00");
    assertThat(answer.chosen().purchase().lots().getFirst().offer().isSpot()).isFalse();
  }

  @Test
  void spotThatNeverSufficesIsTold() {
    SpotVerdict verdict = answer(terms(3600, 0, 60 * SECOND)).spot().getFirst();
    assertThat(verdict.spot()).isEmpty();
    assertThat(verdict.isSpotBetter()).isFalse();
    assertThat(verdict.text()).startsWith("no number of l4 spot looked at suffices");
  }

  @Test
  void tooFewInterruptionsToJudgeByAreTold() {
    SpotVerdict verdict = answer(terms(0.05, 120 * SECOND, 60 * SECOND)).spot().getFirst();
    assertThat(verdict.isUnsure()).isTrue();
    assertThat(verdict.text()).endsWith("; only 0 interruptions seen");
  }

  /** The longest batch takes 50 ms. */
  @Test
  void whatRunsIsFinishedWithinTheNoticeAndFailsWithoutOne() {
    assertThat(failed(terms(1800, SECOND, SECOND))).isZero();
    assertThat(failed(terms(1800, 0, SECOND))).isPositive();
  }

  @Test
  void interruptionsAreAsManyAsTheRateSaysAndInOrder() {
    SpotTerms terms = terms(360, SECOND, 2 * SECOND);
    int found = 0;
    for (int device = 0; device < 200; device++) {
      long up = 0;
      for (Interruption each : Interruption.draw(terms, 600 * SECOND, 1, 0, device)) {
        assertThat(each.noticeNanos()).isGreaterThanOrEqualTo(up);
        assertThat(each.downNanos()).isEqualTo(each.noticeNanos() + SECOND);
        assertThat(each.upNanos()).isEqualTo(each.downNanos() + 2 * SECOND);
        up = each.upNanos();
        found++;
      }
    }
    // One in 10 s of service and 3 s away: 600 / 13 of each.
    assertThat(found / 200.0).isCloseTo(600 / 13.0, within(1.5));
  }

  @Test
  void aDeviceIsInterruptedWhateverTheOthers() {
    SpotTerms terms = terms(360, SECOND, SECOND);
    assertThat(Interruption.draw(terms, 60 * SECOND, 1, 0, 3))
        .isEqualTo(Interruption.draw(terms, 60 * SECOND, 1, 0, 3))
        .isNotEqualTo(Interruption.draw(terms, 60 * SECOND, 1, 0, 4))
        .isNotEqualTo(Interruption.draw(terms, 60 * SECOND, 1, 1, 3))
        .isNotEqualTo(Interruption.draw(terms, 60 * SECOND, 2, 0, 3));
  }

  @Test
  void refusesTermsOutOfRange() {
    assertThatThrownBy(() -> terms(0, 0, 0)).hasMessageContaining("(0, 3600]");
    assertThatThrownBy(() -> terms(1, -1, 0)).hasMessageContaining("notice");
    assertThatThrownBy(() -> terms(1, 0, -1)).hasMessageContaining("replacement");
  }
}
