package io.waip.scheduler.plan.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AgreementBoundTest {
  private static AgreementBound after(int agreed, int differed) {
    AgreementBound bound = new AgreementBound(0.05);
    for (int i = 0; i < agreed; i++) {
      bound.add(true);
    }
    for (int i = 0; i < differed; i++) {
      bound.add(false);
    }
    return bound;
  }

  /** With 10 of 10 the mixture is 0.176: the bound is (0.05 x 0.176) to the power of a tenth. */
  @Test
  void tenOfTenSayLittle() {
    assertThat(after(10, 0).lower()).isBetween(0.62, 0.63);
    assertThat(new AgreementBound(0.05).lower()).isZero();
    assertThat(after(0, 10).lower()).isZero();
  }

  @Test
  void comesCloserWithEverySample() {
    assertThat(after(985, 15).lower()).isBetween(0.970, 0.976);
    assertThat(after(9_850, 150).lower()).isBetween(0.980, 0.983);
    assertThat(after(9_850, 150).share()).isEqualTo(0.985);
  }

  @Test
  void theOrderOfComparisonsDoesNotMatter() {
    AgreementBound mixed = new AgreementBound(0.05);
    for (int i = 0; i < 400; i++) {
      mixed.add(i % 10 != 3);
    }
    assertThat(mixed.lower()).isCloseTo(after(360, 40).lower(), within(1e-9));
  }

  /** Of 400 variants of quality 0.97, looked at 200 times each, few ever had a bound above it. */
  @Test
  void isAboveTheTruthAtAnyMomentNoMoreOftenThanItsRisk() {
    assertThat(everAbove(0.97, new SplittableRandom(5), 1)).isLessThanOrEqualTo(20);
  }

  /** A bound for one moment, read at every moment, would be above far too often. */
  @Test
  void aBoundThatIgnoresHowOftenItIsReadIsCaught() {
    assertThat(everAbove(0.97, new SplittableRandom(5), 0.1)).isGreaterThan(20);
  }

  /**
   * Returns how many of 400 bounds were ever above the truth.
   *
   * @param honesty share of the evidence asked for that a bound waits for; 1 for the real one
   */
  private static int everAbove(double quality, SplittableRandom random, double honesty) {
    int above = 0;
    for (int run = 0; run < 400; run++) {
      AgreementBound bound = new AgreementBound(Math.pow(0.05, honesty));
      boolean ever = false;
      for (int i = 1; i <= 2_000; i++) {
        bound.add(random.nextDouble() < quality);
        ever |= i % 10 == 0 && bound.lower() > quality;
      }
      above += ever ? 1 : 0;
    }
    System.out.printf(
        Locale.ROOT, "figures: %d of 400 bounds (honesty %.1f) ever above%n", above, honesty);
    return above;
  }

  @Test
  void refusesARiskThatIsNone() {
    assertThatThrownBy(() -> new AgreementBound(0)).hasMessageContaining("(0, 1)");
    assertThatThrownBy(() -> new AgreementBound(Double.NaN)).hasMessageContaining("NaN");
  }
}
