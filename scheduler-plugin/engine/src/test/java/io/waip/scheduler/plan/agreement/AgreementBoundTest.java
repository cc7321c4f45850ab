package io.waip.scheduler.plan.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
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

  /** The expected figures are the definition in another arithmetic: with logarithms of gamma. */
  @Test
  void comesCloserWithEverySample() {
    assertThat(after(985, 15).lower()).isCloseTo(0.9664, within(1e-4));
    assertThat(after(9_850, 150).lower()).isCloseTo(0.9797, within(1e-4));
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
    assertThat(everAbove("test martingale", AgreementBound::lower)).isLessThanOrEqualTo(20);
  }

  /** The normal bound for one moment, read at every moment, is above far too often. */
  @Test
  void aBoundThatIgnoresHowOftenItIsReadIsCaught() {
    assertThat(everAbove("normal", AgreementBoundTest::normalBound)).isGreaterThan(60);
  }

  private static double normalBound(AgreementBound seen) {
    double share = seen.share();
    return share - 1.645 * Math.sqrt(share * (1 - share) / seen.samples());
  }

  /**
   * Returns how many of 400 bounds were ever above the truth; the first 50 samples do not count.
   */
  private static int everAbove(String name, ToDoubleFunction<AgreementBound> lower) {
    SplittableRandom random = new SplittableRandom(5);
    int above = 0;
    for (int run = 0; run < 400; run++) {
      AgreementBound seen = new AgreementBound(0.05);
      boolean ever = false;
      for (int i = 1; i <= 2_000; i++) {
        seen.add(random.nextDouble() < 0.97);
        ever |= i > 50 && i % 10 == 0 && lower.applyAsDouble(seen) > 0.97;
      }
      above += ever ? 1 : 0;
    }
    System.out.printf(
        Locale.ROOT, "figures: %d of 400 bounds ever above the truth (%s)%n", above, name);
    return above;
  }

  @Test
  void refusesARiskThatIsNone() {
    assertThatThrownBy(() -> new AgreementBound(0)).hasMessageContaining("(0, 1)");
    assertThatThrownBy(() -> new AgreementBound(Double.NaN)).hasMessageContaining("NaN");
  }
}
