package io.waip.api.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.waip.api.actuate.Actuation.Advised;
import io.waip.api.actuate.Actuation.Applied;
import io.waip.api.actuate.Actuation.Failed;
import io.waip.api.actuate.Actuation.Recovery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelSettingTest {
  private static final ModelSetting IN_FORCE =
      ModelSetting.of("embed", 2)
          .withThreads(4)
          .withMaxBatch(16)
          .withQueueDelay(Duration.ofMillis(3))
          .withPreferredBatches(List.of(8, 16));

  @Test
  void whatIsLeftEmptyIsTakenFromWhatIsInForce() {
    assertThat(ModelSetting.of("embed", 3).completedBy(IN_FORCE))
        .isEqualTo(IN_FORCE.withInstances(3));
    assertThat(ModelSetting.of("embed", 3).withThreads(1).completedBy(IN_FORCE))
        .isEqualTo(IN_FORCE.withInstances(3).withThreads(1));
    assertThat(IN_FORCE.completedBy(ModelSetting.of("embed", 9))).isEqualTo(IN_FORCE);
  }

  @Test
  void isMetWhereAllThatItGivesIsSo() {
    assertThat(ModelSetting.of("embed", 2).isMetBy(IN_FORCE)).isTrue();
    assertThat(IN_FORCE.isMetBy(IN_FORCE)).isTrue();
    assertThat(IN_FORCE.isMetBy(ModelSetting.of("embed", 2))).isFalse();
    assertThat(ModelSetting.of("other", 2).isMetBy(IN_FORCE)).isFalse();
    for (ModelSetting other :
        List.of(
            IN_FORCE.withInstances(1),
            IN_FORCE.withThreads(1),
            IN_FORCE.withMaxBatch(32),
            IN_FORCE.withQueueDelay(Duration.ZERO),
            IN_FORCE.withPreferredBatches(List.of(16, 8)))) {
      assertThat(other.isMetBy(IN_FORCE)).as("%s", other).isFalse();
    }
  }

  @Test
  void refusesWhatNoRuntimeCanRun() {
    assertThatIllegalArgumentException().isThrownBy(() -> ModelSetting.of(" ", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> ModelSetting.of("embed", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> IN_FORCE.withThreads(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IN_FORCE.withQueueDelay(Duration.ofNanos(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IN_FORCE.withPreferredBatches(List.of(0)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IN_FORCE.withMaxBatch(8))
        .withMessageContaining("16, more than maxBatch, 8");
  }

  @Test
  void anOutcomeThatContradictsItselfIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Applied(IN_FORCE, ModelSetting.of("rank", 1), Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Applied(IN_FORCE, IN_FORCE, Duration.ofNanos(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Advised(List.of(), "no"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Failed("no", Recovery.RESTORED, Optional.empty()));
  }
}
