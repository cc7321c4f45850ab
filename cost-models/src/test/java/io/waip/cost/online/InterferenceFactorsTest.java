package io.waip.cost.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InterferenceFactorsTest {
  private final InterferenceFactors factors =
      new InterferenceFactors(3, CorrectionSettings.DEFAULT);

  @Test
  void modelsDoNotDisturbBeforeTheyAreSeenTogether() {
    assertThat(factors.factor(0, 1)).isEqualTo(1);
  }

  @Test
  void learnsThatOneSuffersMoreThanTheOther() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      factors.executed(0, 1, Math.log(1.6) + 0.05 * random.nextGaussian());
      factors.executed(1, 0, Math.log(1.1) + 0.05 * random.nextGaussian());
    }
    assertThat(factors.factor(0, 1)).isCloseTo(1.6, within(0.08));
    assertThat(factors.factor(1, 0)).isCloseTo(1.1, within(0.08));
  }

  @Test
  void guessesAPairFromWhatItsModelsDidWithOthers() {
    for (int i = 0; i < 300; i++) {
      factors.executed(0, 1, Math.log(1.5));
      factors.executed(1, 1, Math.log(1.1));
      factors.executed(1, 2, Math.log(1.1));
    }
    // Model 0 suffers from its neighbours more than model 1 does.
    assertThat(factors.factor(0, 2)).isBetween(factors.factor(1, 2) + 0.05, 1.5);
  }

  @Test
  void refusesToWatchNoModel() {
    assertThatThrownBy(() -> new InterferenceFactors(0, CorrectionSettings.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("models must be >= 1");
  }
}
