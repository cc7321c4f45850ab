package io.waip.scheduler.plan.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.scheduler.plan.agreement.VariantQuality.Standing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QualityDeskTest {
  private final List<String> events = new ArrayList<>();
  private final QualityDesk desk =
      new QualityDesk(
          List.of("fp32", "int8", "int4"),
          0.01,
          new QualityListener() {
            @Override
            public void left(VariantQuality variant) {
              events.add("left " + variant.model() + " " + variant.quality());
            }

            @Override
            public void mayReturn(VariantQuality variant) {
              events.add("may return " + variant.model());
            }
          });

  private void compare(int variant, int batch, int agreed, int differed) {
    for (int i = 0; i < agreed; i++) {
      desk.compared(variant, batch, true);
    }
    for (int i = 0; i < differed; i++) {
      desk.compared(variant, batch, false);
    }
  }

  @Test
  void nothingIsKnownBeforeTheFirstComparison() {
    assertThat(desk.qualities()).extracting(VariantQuality::model).containsExactly("int8", "int4");
    assertThat(desk.quality(1).quality()).isZero();
    desk.served(0, 1);
    compare(1, 1, 5, 0);
    // 5 of 5 at a risk of 0.01 in four classes: (0.0025 x 0.246) to the power of a fifth.
    assertThat(desk.quality(1).quality()).isCloseTo(0.228, within(0.001));
  }

  /** 1,000 answers alone and 3,000 in batches of 8 that nobody compared. */
  @Test
  void aVariantIsJudgedByTheBatchesItServes() {
    compare(1, 1, 10_000, 0);
    for (int i = 0; i < 1_000; i++) {
      desk.served(1, 1);
      desk.served(0, 4);
    }
    double alone = desk.quality(1).quality();
    assertThat(alone).isGreaterThan(0.998);
    for (int i = 0; i < 375; i++) {
      desk.served(1, 8);
    }
    assertThat(desk.quality(1).quality()).isCloseTo(alone / 4, within(1e-9));
    assertThat(desk.quality(1).batches().get(2).served()).isEqualTo(0.75);
    assertThat(desk.quality(1).batches().get(0).agreed()).isEqualTo(10_000);
  }

  @Test
  void aVariantThatServesNothingIsJudgedByTheServicesBatches() {
    compare(1, 1, 10_000, 0);
    compare(1, 8, 9_000, 1_000);
    desk.served(0, 8);
    assertThat(desk.quality(1).quality()).isBetween(0.88, 0.90);
  }

  @Test
  void theMixForgetsWhatIsLongAgo() {
    for (int i = 0; i < 5_000; i++) {
      desk.served(1, 1);
    }
    for (int i = 0; i < 100_000; i++) {
      desk.served(1, 8);
    }
    assertThat(desk.quality(1).batches().get(2).served()).isGreaterThan(0.999);
  }

  @Test
  void aVariantThatFallsLeavesWithAllItsEvidence() {
    desk.served(1, 1);
    compare(1, 1, 3_000, 0);
    desk.rely(1, 0.99);
    assertThat(desk.quality(1).relied()).isCloseTo(0.99, within(1e-9));
    compare(1, 1, 0, 30);
    assertThat(events).containsExactly("left int8 0.0");
    assertThat(desk.quality(1).standing()).isEqualTo(Standing.LEFT);
    compare(1, 1, 100_000, 0);
    assertThat(desk.quality(1).compared()).isZero();
    assertThat(desk.quality(1).quality()).isZero();
    assertThat(desk.quality(2).standing()).isEqualTo(Standing.IN_USE);
  }

  @Test
  void itReturnsByAResetAndFreshComparisonsAlone() {
    desk.served(1, 1);
    compare(1, 1, 3_000, 0);
    desk.rely(1, 0.99);
    compare(1, 1, 0, 30);
    desk.reset(1, 0.95);
    assertThat(desk.quality(1).standing()).isEqualTo(Standing.ON_TRIAL);
    // 100 of 100 bound it at 0.91, 1,000 of 1,000 at 0.99.
    compare(1, 1, 100, 0);
    assertThat(events).containsExactly("left int8 0.0");
    assertThat(desk.quality(1).quality()).isZero();
    compare(1, 1, 900, 0);
    assertThat(events).containsExactly("left int8 0.0", "may return int8");
    assertThat(desk.quality(1).quality()).isGreaterThan(0.95);
    assertThat(desk.quality(1).relied()).isZero();
  }

  @Test
  void onlyAVariantThatLeftCanBeReset() {
    assertThatThrownBy(() -> desk.reset(1, 0.9)).hasMessageContaining("'int8' has not left");
    assertThatThrownBy(() -> desk.reset(1, 1)).hasMessageContaining("(0, 1), is 1.0");
    assertThatThrownBy(() -> desk.reset(0, 0.9)).hasMessageContaining("the reference");
    assertThatThrownBy(() -> desk.rely(1, 1.1)).hasMessageContaining("1.1");
  }

  /** Plans every 30 s rely on a bound that moves: evidence of a fall must add up over them. */
  @Test
  void newPlansDoNotWipeTheEvidenceOfAFall() {
    int comparisons = 0;
    while (events.isEmpty()) {
      desk.rely(1, 0.985 + 0.004 * (comparisons % 2));
      compare(1, 1, comparisons % 5 == 0 ? 0 : 1, comparisons % 5 == 0 ? 1 : 0);
      comparisons++;
    }
    assertThat(comparisons).isLessThan(200);
  }

  @Test
  void aVariantNoPlanReliesOnDoesNotLeave() {
    compare(1, 1, 0, 1_000);
    desk.rely(1, 0.99);
    desk.rely(1, 0);
    compare(1, 1, 0, 1_000);
    assertThat(events).isEmpty();
  }

  @Test
  void whatServesFewAnswersIsTriedOnBatchesOfTheReference() {
    assertThat(desk.candidate()).isEqualTo(1);
    compare(1, 1, 10, 0);
    assertThat(desk.candidate()).isEqualTo(2);
    for (int i = 0; i < 1_000; i++) {
      desk.served(2, 1);
    }
    assertThat(desk.candidate()).isEqualTo(1);
    desk.rely(1, 0.99);
    compare(1, 1, 0, 30);
    assertThat(desk.candidate()).isEqualTo(QualityDesk.NONE);
    desk.reset(1, 0.9);
    assertThat(desk.candidate()).isEqualTo(1);
  }

  /** A quality of 0.97 beside a reference: half of the answers keep a mean of 0.985. */
  @Test
  void theShareThatKeepsAFloorFollowsFromTheBound() {
    VariantQuality known = new VariantQuality("int8", Standing.IN_USE, 0.97, 0, List.of());
    assertThat(known.mostShare(0.985)).isCloseTo(0.5, within(1e-9));
    assertThat(known.mostShare(0.97)).isEqualTo(1);
    assertThat(new VariantQuality("int8", Standing.IN_USE, 0, 0, List.of()).mostShare(0.985))
        .isCloseTo(0.015, within(1e-9));
    assertThat(new VariantQuality("int8", Standing.LEFT, 0, 0, List.of()).mostShare(0.985))
        .isZero();
  }
}
