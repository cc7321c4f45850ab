package io.waip.triton.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations as text; needs no server. */
class ModelConfigTest {
  private static final ModelConfig CONFIG =
      ModelConfig.builder("embed", "waip")
          .maxBatchSize(32)
          .input(TensorSpec.of("input_ids", TensorType.INT64, -1))
          .output(TensorSpec.of("text", TensorType.BYTES, 1))
          .ragged("input_ids")
          .parameter("mode", "direct")
          .parameter("quoted", "say \"yes\"")
          .instances(2)
          .batching(
              DynamicBatching.STOCK
                  .withMaxQueueDelay(Duration.ofMillis(5))
                  .withPreferredSizes(List.of(8, 16))
                  .withQueue(new QueuePolicy(Duration.ofMillis(50), 100))
                  .withLevels(
                      List.of(
                          new QueuePolicy(Duration.ofMillis(20), 0),
                          QueuePolicy.UNLIMITED,
                          QueuePolicy.UNLIMITED)))
          .build();

  @Test
  void writesTextFormat() {
    ModelConfig plain =
        ModelConfig.builder("echo", "identity")
            .input(TensorSpec.of("IN0", TensorType.FP32, 2, -1))
            .output(TensorSpec.of("OUT0", TensorType.FP32, 1))
            .parameter("target", "a \"b\"")
            .batching(DynamicBatching.STOCK)
            .build();
    assertThat(plain.toPbtxt())
        .isEqualTo(
            """
            name: "echo"
            backend: "identity"
            max_batch_size: 0
            input {
              name: "IN0"
              data_type: TYPE_FP32
              dims: 2
              dims: -1
            }
            output {
              name: "OUT0"
              data_type: TYPE_FP32
              dims: 1
            }
            instance_group {
              count: 1
              kind: KIND_CPU
            }
            parameters {
              key: "target"
              value {
                string_value: "a \\"b\\""
              }
            }
            dynamic_batching {
            }
            """);
  }

  @Test
  void writesTheSameAsJson() {
    assertThat(CONFIG.toJson())
        .contains("\"name\":\"embed\"")
        .contains(
            "\"input\":[{\"name\":\"input_ids\",\"data_type\":\"TYPE_INT64\",\"dims\":[-1],"
                + "\"allow_ragged_batch\":true}]")
        .contains("\"data_type\":\"TYPE_STRING\"")
        .contains("\"mode\":{\"string_value\":\"direct\"}")
        .contains("\"quoted\":{\"string_value\":\"say \\\"yes\\\"\"}")
        .contains(
            "\"dynamic_batching\":{\"preferred_batch_size\":[8,16],"
                + "\"max_queue_delay_microseconds\":5000,\"priority_levels\":3,"
                + "\"default_priority_level\":2,\"default_queue_policy\":{"
                + "\"timeout_action\":\"REJECT\",\"default_timeout_microseconds\":50000,"
                + "\"allow_timeout_override\":true,\"max_queue_size\":100},"
                + "\"priority_queue_policy\":{\"1\":{\"timeout_action\":\"REJECT\","
                + "\"default_timeout_microseconds\":20000,\"allow_timeout_override\":true}}}");
    assertThat(CONFIG.toPbtxt())
        .contains(
            """
              priority_queue_policy {
                key: 1
                value {
                  timeout_action: REJECT
            """);
    assertThat(ModelConfig.builder("a", "b").batching(DynamicBatching.STOCK).build().toJson())
        .contains("\"input\":[]")
        .endsWith("\"dynamic_batching\":{}}");
  }

  @Test
  void aBuilderOfAConfigurationMakesTheSame() {
    assertThat(CONFIG.toBuilder().build()).isEqualTo(CONFIG);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelConfig.builder("../up", "waip").build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelConfig.builder("a", "waip").instances(0).build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelConfig.builder("a", "waip").ragged("absent").build());
    assertThatIllegalArgumentException().isThrownBy(() -> TensorSpec.of("x", TensorType.FP32, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> TensorSpec.of("x", TensorType.FP32));
  }

  @Test
  void writesARepository() {
    try (ModelRepository repository = ModelRepository.temporary().add(CONFIG)) {
      Path folder = repository.models().resolve("embed");
      assertThat(folder.resolve("config.pbtxt")).hasContent(CONFIG.toPbtxt().strip());
      assertThat(folder.resolve("1")).isDirectory();
    }
  }

  @Test
  void removesARepositoryButNotWhatItsLinksPointAt(@TempDir Path elsewhere) throws IOException {
    Path kept = Files.createFile(elsewhere.resolve("kept"));
    Path root;
    try (ModelRepository repository = ModelRepository.temporary().add(CONFIG)) {
      root = repository.root();
      Files.createSymbolicLink(repository.models().resolve("link"), kept);
    }
    assertThat(root).doesNotExist();
    assertThat(kept).exists();
  }
}
