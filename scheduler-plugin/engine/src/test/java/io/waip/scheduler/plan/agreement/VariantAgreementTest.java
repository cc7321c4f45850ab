package io.waip.scheduler.plan.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VariantAgreementTest {
  private final VariantAgreement agreement = new VariantAgreement(0.05);

  private void add(int batch, int agreed, int differed) {
    for (int i = 0; i < agreed; i++) {
      agreement.add(batch, true);
    }
    for (int i = 0; i < differed; i++) {
      agreement.add(batch, false);
    }
  }

  @Test
  void tellsClassesOfBatchSizesApart() {
    assertThat(VariantAgreement.classOf(1)).isZero();
    assertThat(VariantAgreement.classOf(7)).isEqualTo(1);
    assertThat(VariantAgreement.classOf(8)).isEqualTo(2);
    assertThat(VariantAgreement.classOf(32)).isEqualTo(3);
    assertThat(VariantAgreement.classOf(4096)).isEqualTo(3);
    assertThatThrownBy(() -> VariantAgreement.classOf(0)).hasMessageContaining("not 0");
  }

  /** Alone the variant always agrees, in large batches nine times of ten. */
  @Test
  void theBoundFollowsTheMixOfBatches() {
    add(1, 2_000, 0);
    add(64, 1_800, 200);
    double alone = agreement.lower(new double[] {1, 0, 0, 0});
    double large = agreement.lower(new double[] {0, 0, 0, 1});
    assertThat(alone).isGreaterThan(0.99);
    assertThat(large).isBetween(0.86, 0.90);
    assertThat(agreement.lower(new double[] {0.5, 0, 0, 0.5})).isEqualTo((alone + large) / 2);
  }

  @Test
  void batchesNobodyLookedAtCountForNothing() {
    add(1, 2_000, 0);
    assertThat(agreement.lower(new double[] {0.5, 0.5, 0, 0})).isLessThan(0.5);
  }

  @Test
  void asksForTheClassThatIsLeastKnownForItsShare() {
    add(1, 100, 0);
    add(8, 10, 0);
    assertThat(agreement.leastKnown(new double[] {0.5, 0, 0.5, 0})).isEqualTo(2);
    assertThat(agreement.leastKnown(new double[] {0.95, 0, 0.05, 0})).isZero();
    assertThat(agreement.leastKnown(new double[] {0.4, 0.1, 0.4, 0.1})).isEqualTo(1);
    assertThat(agreement.samples(2)).isEqualTo(10);
  }
}
