package io.waip.triton.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.waip.api.actuate.Actuation;
import io.waip.api.actuate.Actuation.Advised;
import io.waip.api.actuate.Actuation.Applied;
import io.waip.api.actuate.Actuation.Failed;
import io.waip.api.actuate.Actuation.Recovery;
import io.waip.api.actuate.Actuator;
import io.waip.api.actuate.ModelSetting;
import io.waip.api.contract.ActuatorContract;
import io.waip.triton.actuate.ConfigFileActuator;
import io.waip.triton.actuate.EmbeddedModelServer;
import io.waip.triton.actuate.ForwardingModelServer;
import io.waip.triton.actuate.LoadWithConfigActuator;
import io.waip.triton.actuate.ModelServer;
import io.waip.triton.actuate.Patience;
import io.waip.triton.actuate.TritonActuators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Settings put in force in Triton's real core, in each of its modes of model control. */
@ExtendWith(TritonCore.class)
@Timeout(60)
@SuppressWarnings("NullAway.Init") // started before each test
class ActuateOnCoreTest extends ActuatorContract {
  private static final String MODEL = "echo";

  private ModelRepository repository;
  private EmbeddedServer server;
  private Spoiling spoiling;

  /** A server whose next load is asked for a backend that there is not. */
  private static final class Spoiling extends ForwardingModelServer {
    private boolean spoilsNext;
    private boolean hasSpoiled;

    private Spoiling(ModelServer server) {
      super(server);
    }

    @Override
    public void load(String model, String configuration) {
      boolean spoils = spoilsNext;
      spoilsNext = false;
      hasSpoiled |= spoils;
      super.load(
          model, spoils ? configuration.replace(Identity.BACKEND, "nobackend") : configuration);
    }
  }

  @BeforeEach
  void start() {
    start(ModelControl.EXPLICIT);
    server.load(MODEL);
  }

  private void start(ModelControl control) {
    repository =
        Identity.repository()
            .add(
                ModelConfig.builder(MODEL, Identity.BACKEND)
                    .maxBatchSize(16)
                    .input(Identity.IN)
                    .output(Identity.OUT)
                    .batching(DynamicBatching.STOCK)
                    .build());
    server =
        EmbeddedServer.start(
            EmbeddedSettings.of(repository)
                .withModelControl(control)
                .withExitTimeout(Duration.ofSeconds(2)));
    spoiling = new Spoiling(new EmbeddedModelServer(server));
  }

  private void restart(ModelControl control) {
    stop();
    start(control);
  }

  /**
   * A load that the core of 24.10 refuses stays in its list of background models ({@code
   * ModelLifeCycle::OnLoadFinal}), for which a stop then waits until its time-out.
   */
  @AfterEach
  void stop() {
    if (spoiling.hasSpoiled) {
      assertThatExceptionOfType(TritonException.class)
          .isThrownBy(server::close)
          .withMessageContaining("Exit timeout expired");
    } else {
      server.close();
    }
    repository.close();
  }

  @Override
  protected Actuator actuator() {
    return new LoadWithConfigActuator(spoiling, System::nanoTime);
  }

  @Override
  protected ModelSetting possible() {
    return ModelSetting.of(MODEL, 2).withMaxBatch(8).withQueueDelay(Duration.ofMillis(1));
  }

  @Override
  protected boolean refuseNextChange() {
    spoiling.spoilsNext = true;
    return true;
  }

  private void checkAnswers() {
    try (InferenceClient client = Identity.client(server, MODEL, 1)) {
      assertThat(client.infer(call -> Identity.fill(call, 5, 1)).join().output("OUT0").floats())
          .containsExactly(5);
    }
  }

  private Patience polling() {
    return new Patience(
        Duration.ofSeconds(20), Duration.ofMillis(10), System::nanoTime, step -> poll());
  }

  private void poll() {
    try {
      server.poll();
    } catch (TritonException e) {
      // A stock server logs what cannot be loaded and polls on.
      assertThat(e).hasMessageContaining(MODEL);
    }
  }

  @Test
  void aLoadThatTheCoreRefusesLeavesTheModelAnswering() {
    String before = server.configuration(MODEL);
    spoiling.spoilsNext = true;

    assertThat(actuator().apply(possible()))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.recovery()).isEqualTo(Recovery.RESTORED);
              assertThat(failed.reason()).contains("nobackend");
            });
    assertThat(server.configuration(MODEL)).isEqualTo(before);
    checkAnswers();
  }

  @Test
  void theProbeOfACoreThatTakesLoadsLeavesNothingBehind() {
    String index = server.modelIndex();

    assertThat(spoiling.takesLoads()).isTrue();
    assertThat(server.modelIndex()).isEqualTo(index);
    checkAnswers();
  }

  @Test
  void preferredBatchesThatTheCoreFilledInFollowTheLargest() {
    assertThat(actuator().current(MODEL).orElseThrow().preferredBatches()).containsExactly(16);

    assertThat(actuator().apply(ModelSetting.of(MODEL, 1).withMaxBatch(4)))
        .isInstanceOf(Applied.class);
    assertThat(actuator().current(MODEL).orElseThrow().preferredBatches()).containsExactly(4);
    checkAnswers();
  }

  @Test
  void aCoreThatChangesNothingIsAdvised() {
    restart(ModelControl.NONE);
    assertThat(spoiling.takesLoads()).isFalse();

    Actuator chosen = TritonActuators.of(spoiling, Optional.empty(), polling());
    for (Actuator each : new Actuator[] {chosen, actuator()}) {
      assertThat(each.apply(possible()))
          .isInstanceOfSatisfying(
              Advised.class,
              advised ->
                  assertThat(advised.lines())
                      .contains(
                          "max_batch_size: 8", "instance_group [ { count: 2 kind: KIND_CPU } ]"));
    }
    checkAnswers();
  }

  @Test
  void aCoreThatPollsTakesTheFileUpAndBack() throws IOException {
    restart(ModelControl.POLL);
    Path file = repository.models().resolve(MODEL).resolve("config.pbtxt");
    String text = Files.readString(file);
    Actuator chosen = TritonActuators.of(spoiling, Optional.of(repository.models()), polling());
    assertThat(chosen).isInstanceOf(ConfigFileActuator.class);

    Actuation applied = chosen.apply(possible());
    assertThat(applied).isInstanceOf(Applied.class);
    assertThat(Files.readString(file)).isNotEqualTo(text).contains("count: 2");
    checkAnswers();

    assertThat(chosen.apply(ModelSetting.of(MODEL, 1).withMaxBatch(16)))
        .isInstanceOf(Applied.class);
    checkAnswers();
  }

  @Test
  void aFileThatAPollingCoreDoesNotTakeUpComesBack() throws IOException {
    restart(ModelControl.POLL);
    Path file = repository.models().resolve(MODEL).resolve("config.pbtxt");
    String text = Files.readString(file);
    Patience impatient =
        new Patience(Duration.ofNanos(1), Duration.ofNanos(1), System::nanoTime, step -> {});
    ConfigFileActuator actuator = new ConfigFileActuator(spoiling, repository.models(), impatient);

    assertThat(actuator.apply(possible()))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.recovery()).isEqualTo(Recovery.RESTORED));
    assertThat(Files.readString(file)).isEqualTo(text);
    poll();
    checkAnswers();
  }
}
