package io.waip.triton.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.actuate.Actuation.Applied;
import io.waip.api.actuate.Actuation.Failed;
import io.waip.api.actuate.Actuation.Recovery;
import io.waip.api.actuate.Actuator;
import io.waip.api.actuate.ModelSetting;
import io.waip.api.contract.ActuatorContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that polls is a fake one that reads the file anew whenever the actuator pauses. */
@SuppressWarnings("NullAway.Init") // opened before each test
class ConfigFileActuatorTest extends ActuatorContract {
  private static final String FILE =
      """
      # the encoder
      backend: "onnxruntime" max_batch_size: 16
      instance_group { count: 1 kind: KIND_CPU }
      dynamic_batching { preferred_batch_size: 16 max_queue_delay_microseconds: 500 }
      parameters { key: "intra_op_thread_count" value { string_value: "4" } }
      """;
  private static final Pattern FACTS =
      Pattern.compile(
          "max_batch_size: (\\d+).*count: (\\d+).*preferred_batch_size: (.*)"
              + " max_queue_delay_microseconds: (\\d+).*string_value: \"(\\d+)\"",
          Pattern.DOTALL);

  @TempDir private Path repository;
  private final FakeModelServer server = new FakeModelServer();
  private ConfigFileActuator actuator;
  private long nowNanos;
  private int pauses;
  private boolean refuses;
  private boolean polls = true;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectory(repository.resolve("embed"));
    Files.writeString(file(), FILE);
    Patience patience =
        new Patience(Duration.ofSeconds(30), Duration.ofSeconds(1), () -> nowNanos, this::pause);
    actuator = new ConfigFileActuator(server, repository, patience);
  }

  private Path file() {
    return repository.resolve("embed/config.pbtxt");
  }

  private String text() {
    try {
      return Files.readString(file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void pause(Duration step) {
    nowNanos += step.toNanos();
    pauses++;
    boolean isChanged = !text().equals(FILE);
    if (polls && !(refuses && isChanged)) {
      takeUp();
    }
  }

  private void takeUp() {
    Matcher facts = FACTS.matcher(text());
    assertThat(facts.find()).as(text()).isTrue();
    server.inForce.put(
        "embed",
        FakeModelServer.ENCODER
            .replace("_size\":16", "_size\":" + facts.group(1))
            .replace("count\":1", "count\":" + facts.group(2))
            .replace("[16]", "[" + facts.group(3).replaceAll("[\\[\\] ]", "") + "]")
            .replace(":500", ":" + facts.group(4))
            .replace("\"4\"", "\"" + facts.group(5) + "\""));
  }

  @Override
  protected Actuator actuator() {
    return actuator;
  }

  @Override
  protected ModelSetting possible() {
    return ModelSetting.of("embed", 2).withThreads(2).withQueueDelay(Duration.ofMillis(1));
  }

  @Test
  void waitsUntilTheServerHasTakenTheFileUp() throws IOException {
    assertThat(actuator.apply(possible()))
        .isInstanceOfSatisfying(
            Applied.class, applied -> assertThat(applied.took()).isEqualTo(Duration.ofSeconds(1)));
    assertThat(text())
        .isEqualTo(
            FILE.replace("count: 1", "count: 2").replace("500", "1000").replace("\"4\"", "\"2\""));
    assertThat(Files.readString(repository.resolve(".waip-before-embed.pbtxt"))).isEqualTo(FILE);
    try (Stream<Path> files = Files.list(repository.resolve("embed"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aFileThatIsNotTakenUpComesBackByteForByte() {
    refuses = true;
    assertThat(actuator.apply(possible()))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.recovery()).isEqualTo(Recovery.RESTORED);
              assertThat(failed.reason()).contains("within PT30S");
            });
    assertThat(text()).isEqualTo(FILE);
    assertThat(pauses).isEqualTo(30);
  }

  @Test
  void aServerThatTurnsToSomethingElseIsWaitedForUntilItIsBack() {
    server.notReady.add("embed");
    assertThat(actuator.apply(possible()))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.recovery()).isEqualTo(Recovery.NOT_RESTORED));
    assertThat(text()).isEqualTo(FILE);
    assertThat(pauses).isEqualTo(60);
  }

  @Test
  void aServerThatDoesNotPollFailsWithNothingChanged() {
    polls = false;
    assertThat(actuator.apply(possible()))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.recovery()).isEqualTo(Recovery.RESTORED);
              assertThat(failed.reason()).contains("does not poll");
            });
    assertThat(text()).isEqualTo(FILE);
  }

  @Test
  void anInterruptionEndsTheWaitAndRestoresTheFile() {
    polls = false;
    Thread.currentThread().interrupt();
    assertThat(actuator.apply(possible())).isInstanceOf(Failed.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(text()).isEqualTo(FILE);
  }

  @Test
  void aFileThatIsMissingOrNotUnderstoodIsLeftAlone() throws IOException {
    Files.writeString(file(), FILE + "unheard_of: 1\n");
    assertThat(actuator.apply(possible()))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.recovery()).isEqualTo(Recovery.UNTOUCHED));
    assertThat(text()).isEqualTo(FILE + "unheard_of: 1\n");
    Files.delete(file());
    assertThat(actuator.apply(possible()))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.recovery()).isEqualTo(Recovery.UNTOUCHED));
    assertThat(file()).doesNotExist();
  }
}
