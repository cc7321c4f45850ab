package io.waip.triton.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.actuate.Actuation.Advised;
import io.waip.api.actuate.Actuator;
import io.waip.api.actuate.ModelSetting;
import io.waip.api.contract.ActuatorContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdvisingActuatorTest extends ActuatorContract {
  private final FakeModelServer server = new FakeModelServer();
  private final AdvisingActuator actuator = new AdvisingActuator(server, "nobody may");

  @Override
  protected Actuator actuator() {
    return actuator;
  }

  @Override
  protected ModelSetting possible() {
    return ModelSetting.of("embed", 2).withMaxBatch(8);
  }

  @Test
  void saysWhatToWriteAndLoadsNothing() {
    assertThat(actuator.apply(possible()))
        .isInstanceOfSatisfying(
            Advised.class,
            advised -> {
              assertThat(advised.why()).isEqualTo("nobody may");
              assertThat(advised.lines().subList(1, 4))
                  .containsExactly(
                      "max_batch_size: 8",
                      "instance_group [ { count: 2 kind: KIND_CPU } ]",
                      "dynamic_batching { preferred_batch_size: [ 8 ]"
                          + " max_queue_delay_microseconds: 500 }");
            });
    assertThat(server.loads).isZero();
  }

  @Test
  void isChosenWhereNothingElseMay() {
    Optional<Path> repository = Optional.of(Path.of("models"));
    Patience patience = Patience.ofAMinute();
    assertThat(TritonActuators.of(server, repository, patience))
        .isInstanceOf(LoadWithConfigActuator.class);
    server.takesLoads = false;
    assertThat(TritonActuators.of(server, repository, patience))
        .isInstanceOf(ConfigFileActuator.class);
    assertThat(TritonActuators.of(server, Optional.empty(), patience))
        .isInstanceOf(AdvisingActuator.class);
  }
}
