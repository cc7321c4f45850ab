package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.actuate.Actuation.Applied;
import io.waip.api.actuate.Actuation.Failed;
import io.waip.api.actuate.Actuation.Recovery;
import io.waip.api.actuate.Actuator;
import io.waip.api.actuate.ModelSetting;
import io.waip.api.contract.ActuatorContract;
import io.waip.nativebridge.rings.ArenaSlot;
import io.waip.onnxruntime.SwitchableModel.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SessionActuatorTest extends ActuatorContract {
  private final AtomicLong clock = new AtomicLong();
  private boolean refuses;

  private final SwitchableModel model =
      new SwitchableModel(
          threads -> {
            if (refuses) {
              refuses = false;
              throw new IllegalStateException("no memory\nfor another session");
            }
            return new IdleRunner();
          },
          new Sessions(2, 1));
  private final SessionActuator actuator =
      new SessionActuator(Map.of("embed", model), () -> clock.getAndAdd(1_000_000));

  /** A session that is never asked. */
  private record IdleRunner() implements SlotRunner {
    @Override
    public void run(ArenaSlot slot) {
      throw new AssertionError("no batch was given");
    }

    @Override
    public void close() {}
  }

  @Override
  protected Actuator actuator() {
    return actuator;
  }

  @Override
  protected ModelSetting possible() {
    return ModelSetting.of("embed", 3).withThreads(1);
  }

  @Override
  protected boolean refuseNextChange() {
    refuses = true;
    return true;
  }

  @Test
  void changesSessionsAndSaysHowLongItTook() {
    assertThat(actuator.apply(ModelSetting.of("embed", 2)))
        .isEqualTo(
            new Applied(
                ModelSetting.of("embed", 1).withThreads(2),
                ModelSetting.of("embed", 2).withThreads(2),
                Duration.ofMillis(1)));
    assertThat(model.sessions()).isEqualTo(new Sessions(2, 2));
  }

  @Test
  void refusesWhatSessionsHaveNot() {
    for (ModelSetting wanted :
        List.of(
            possible().withMaxBatch(8),
            possible().withQueueDelay(Duration.ZERO),
            possible().withPreferredBatches(List.of(4)))) {
      assertThat(actuator.apply(wanted))
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> {
                assertThat(failed.recovery()).isEqualTo(Recovery.UNTOUCHED);
                assertThat(failed.reason()).contains("form no batches");
              });
    }
    assertThat(model.sessions()).isEqualTo(new Sessions(2, 1));
  }
}
