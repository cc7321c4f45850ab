package io.waip.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.cost.CorrectionScope;
import io.waip.api.cost.LatencyCorrection;
import io.waip.api.cost.LatencyCorrectionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every correction of a cost model must do. */
public abstract class LatencyCorrectionContract {
  private static final int ENOUGH = 300;
  private static final int VARIANTS = 3;
  private static final double NEAR = 0.03;

  private LatencyCorrection correction;

  /** Returns the factory under test. */
  protected abstract LatencyCorrectionFactory create();

  @BeforeEach
  void open() {
    correction = create().open(new CorrectionScope(VARIANTS, 32, 512));
  }

  private void executed(int batch, double logResidual) {
    for (int i = 0; i < ENOUGH; i++) {
      correction.executed(0, batch, 64, logResidual);
    }
  }

  @Test
  void beginsWithTheModelItself() {
    assertThat(correction.logFactor(2, 8, 100)).isZero();
  }

  @Test
  void followsWhatWasMeasured() {
    executed(8, 0.4);
    assertThat(correction.logFactor(0, 8, 64)).isCloseTo(0.4, within(NEAR));
    executed(8, -0.2);
    assertThat(correction.logFactor(0, 8, 64)).isCloseTo(-0.2, within(NEAR));
  }

  @Test
  void tellsShapesApart() {
    for (int i = 0; i < ENOUGH; i++) {
      correction.executed(0, 1, 64, 0.15);
      correction.executed(0, 32, 64, -0.15);
    }
    assertThat(correction.logFactor(0, 1, 64)).isCloseTo(0.15, within(NEAR));
    assertThat(correction.logFactor(0, 32, 64)).isCloseTo(-0.15, within(NEAR));
  }

  @Test
  void takesWhatIsSlowAtOneShapeForSlowAtOthers() {
    executed(8, 0.4);
    assertThat(correction.logFactor(0, 1, 512)).isBetween(0.1, 0.45);
  }

  @Test
  void keepsVariantsApart() {
    executed(8, 0.4);
    assertThat(correction.logFactor(1, 8, 64)).isZero();
  }

  @Test
  void oneSlowExecutionIsNoNewLevel() {
    executed(8, 0);
    correction.executed(0, 8, 64, Math.log(50));
    assertThat(correction.logFactor(0, 8, 64)).isBetween(0.0, Math.log(1.15));
  }

  @Test
  void forgetsTheShapesOfOneVariantOnly() {
    executed(8, 0.4);
    correction.executed(1, 8, 64, 0.4);
    double other = correction.logFactor(1, 8, 64);
    correction.forget(0);
    assertThat(correction.logFactor(0, 8, 64)).isZero();
    assertThat(correction.logFactor(1, 8, 64)).isEqualTo(other).isPositive();
  }

  @Test
  void refusesWhatIsNoResidual() {
    assertThatThrownBy(() -> correction.executed(0, 8, 64, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> correction.executed(0, 8, 64, Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(correction.logFactor(0, 8, 64)).isZero();
  }
}
