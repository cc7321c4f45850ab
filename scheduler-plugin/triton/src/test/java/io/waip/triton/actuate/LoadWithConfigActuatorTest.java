package io.waip.triton.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.actuate.Actuation.Advised;
import io.waip.api.actuate.Actuation.Applied;
import io.waip.api.actuate.Actuation.Failed;
import io.waip.api.actuate.Actuation.Recovery;
import io.waip.api.actuate.Actuator;
import io.waip.api.actuate.ModelSetting;
import io.waip.api.contract.ActuatorContract;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoadWithConfigActuatorTest extends ActuatorContract {
  private final AtomicLong clock = new AtomicLong();
  private final FakeModelServer server = new FakeModelServer();
  private final LoadWithConfigActuator actuator =
      new LoadWithConfigActuator(server, () -> clock.getAndAdd(40_000_000));

  @Override
  protected Actuator actuator() {
    return actuator;
  }

  @Override
  protected ModelSetting possible() {
    return ModelSetting.of("embed", 2).withThreads(2).withQueueDelay(Duration.ofMillis(1));
  }

  @Override
  protected boolean refuseNextChange() {
    server.refusal = "no memory\nfor it";
    return true;
  }

  private Failed failed() {
    return (Failed) actuator.apply(possible());
  }

  @Test
  void loadsOnceWithTheWholeConfiguration() {
    assertThat(actuator.apply(ModelSetting.of("embed", 2)))
        .isInstanceOfSatisfying(
            Applied.class,
            applied -> {
              assertThat(applied.before().instances()).isEqualTo(1);
              assertThat(applied.after()).isEqualTo(applied.before().withInstances(2));
              assertThat(applied.took()).isEqualTo(Duration.ofMillis(40));
            });
    assertThat(server.loads).isEqualTo(1);
    assertThat(Configuration.read(server.configuration("embed")))
        .isEqualTo(
            Configuration.read(FakeModelServer.ENCODER.replace("\"count\":1", "\"count\":2")));
  }

  @Test
  void aRefusedLoadThatLeftTheModelServingNeedsNoOtherLoad() {
    server.refusal = "no memory";
    Failed failed = failed();

    assertThat(failed.recovery()).isEqualTo(Recovery.RESTORED);
    assertThat(failed.reason()).isEqualTo("no memory");
    assertThat(server.loads).isEqualTo(1);
  }

  @Test
  void aRefusedLoadThatTookTheModelDownIsTakenBackToTheExactConfiguration() {
    server.refusal = "no memory";
    server.refusalTakesDown = true;
    Failed failed = failed();

    assertThat(failed.recovery()).isEqualTo(Recovery.RESTORED);
    assertThat(server.isReady("embed")).isTrue();
    assertThat(Configuration.read(server.configuration("embed")))
        .isEqualTo(Configuration.read(FakeModelServer.ENCODER));
    assertThat(server.loads).isEqualTo(2);
  }

  @Test
  void anotherSettingThanWantedIsTakenBack() {
    server.misunderstood = FakeModelServer.ENCODER.replace("\"count\":1", "\"count\":5");
    Failed failed = failed();

    assertThat(failed.recovery()).isEqualTo(Recovery.RESTORED);
    assertThat(failed.reason()).contains("instances=5");
    assertThat(actuator.current("embed").orElseThrow().instances()).isEqualTo(1);
  }

  @Test
  void aChangeOutsideTheSettingIsTakenBack() {
    server.misunderstood =
        FakeModelServer.ENCODER
            .replace("\"count\":1", "\"count\":2")
            .replace("\"4\"", "\"2\"")
            .replace(":500", ":1000")
            .replace("KIND_CPU", "KIND_GPU");
    assertThat(failed().recovery()).isEqualTo(Recovery.RESTORED);
    assertThat(server.configuration("embed")).contains("KIND_CPU");
  }

  @Test
  void saysWhereTheSettingBeforeIsLost() {
    server.misunderstood = FakeModelServer.ENCODER.replace("\"count\":1", "\"count\":5");
    ModelServer broken =
        new ForwardingModelServer(server) {
          @Override
          public void load(String model, String configuration) {
            super.load(model, configuration);
            server.refusal = "the disk is gone";
          }
        };
    assertThat(new LoadWithConfigActuator(broken, () -> 0).apply(possible()))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.recovery()).isEqualTo(Recovery.NOT_RESTORED);
              assertThat(failed.reason()).endsWith("loading it as before: the disk is gone");
              assertThat(failed.inForce().orElseThrow().instances()).isEqualTo(5);
            });
  }

  @Test
  void aServerThatTakesNoLoadsIsAdvisedAndNotTouched() {
    server.takesLoads = false;
    assertThat(actuator.apply(possible()))
        .isEqualTo(
            new Advised(
                List.of(
                    "# In config.pbtxt of 'embed' set these fields, leave others as they are, then"
                        + " start the server again:",
                    "instance_group [ { count: 2 kind: KIND_CPU } ]",
                    "parameters { key: \"intra_op_thread_count\" value: { string_value: \"2\" } }",
                    "dynamic_batching { preferred_batch_size: [ 16 ]"
                        + " max_queue_delay_microseconds: 1000 }"),
                "explicit model load / unload is not allowed if polling is enabled"));
    assertThat(server.configuration("embed")).isEqualTo(FakeModelServer.ENCODER);
  }

  @Test
  void aSettingTheModelCannotHaveIsRefusedBeforeAnyLoad() {
    assertThat(actuator.apply(ModelSetting.of("embed", 2).withQueueDelay(Duration.ofNanos(1))))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.recovery()).isEqualTo(Recovery.UNTOUCHED);
              assertThat(failed.reason())
                  .isEqualTo(
                      "'embed' cannot be changed: a queue delay has whole microseconds, not PT0.000000001S");
            });
    assertThat(server.loads).isZero();
  }
}
