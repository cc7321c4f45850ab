package io.waip.triton.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.waip.api.actuate.ModelSetting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PbtxtEditTest {
  private static final String FILE =
      """
      # Serves the encoder. instance_group { count: 9 }
      name: 'embed'
      backend: "onnxruntime"
      max_batch_size :16   # rows
      input [
        { name: "max_batch_size: 3" data_type: TYPE_INT64 dims: [ -1 ] },
        { name: "mask" data_type: TYPE_INT64 dims: -1 }
      ]
      instance_group [ { kind: KIND_CPU, count: 2; } ]
      dynamic_batching {
        preferred_batch_size: 8 preferred_batch_size: 16 # both
        max_queue_delay_microseconds: 500
        default_queue_policy < max_queue_size: 7 >
      }
      parameters { key: "other" value: { string_value: "intra_op_" "thread_count" } }
      parameters: { key: 'intra_op_thread_count' value { string_value: "4" } }
      """;

  private static final String RUNNING =
      """
      {"name":"embed","backend":"onnxruntime","max_batch_size":16,
       "instance_group":[{"name":"embed_0","kind":"KIND_CPU","count":2}],
       "dynamic_batching":{"preferred_batch_size":[8,16],"max_queue_delay_microseconds":500},
       "parameters":{"intra_op_thread_count":{"string_value":"4"}}}
      """;

  private static String edited(String file, String running, ModelSetting wanted) {
    Configuration before = Configuration.read(running);
    return PbtxtEdit.of(file, before, before.with(wanted));
  }

  @Test
  void changesTheFieldsOfTheSettingAndNoByteElse() {
    String edited =
        edited(
            FILE,
            RUNNING,
            ModelSetting.of("embed", 3)
                .withThreads(1)
                .withMaxBatch(32)
                .withQueueDelay(Duration.ofMillis(2))
                .withPreferredBatches(List.of(4, 32)));

    assertThat(edited)
        .isEqualTo(
            FILE.replace(":16   # rows", ":32   # rows")
                .replace("count: 2;", "count: 3;")
                .replace(
                    "preferred_batch_size: 8 preferred_batch_size: 16 #",
                    "preferred_batch_size: [ 4, 32 ]  #")
                .replace("microseconds: 500", "microseconds: 2000")
                .replace("\"4\"", "\"1\""));
  }

  @Test
  void leavesAFileAsItIsWhereTheSettingIsThatAlready() {
    assertThat(edited(FILE, RUNNING, Configuration.read(RUNNING).setting())).isEqualTo(FILE);
  }

  @Test
  void appendsWhatTheFileLeavesToTheServer() {
    String running =
        """
        {"name":"bare","backend":"onnxruntime","max_batch_size":16,
         "instance_group":[{"name":"bare_0","kind":"KIND_GPU","count":1,"gpus":[0,1]}]}
        """;
    ModelSetting wanted =
        ModelSetting.of("bare", 4)
            .withThreads(2)
            .withMaxBatch(8)
            .withQueueDelay(Duration.ofMillis(1));

    assertThat(edited("backend: \"onnxruntime\"", running, wanted))
        .isEqualTo(
            """
            backend: "onnxruntime"
            instance_group [ { count: 2 kind: KIND_GPU gpus: [0, 1] } ]
            max_batch_size: 8
            parameters { key: "intra_op_thread_count" value: { string_value: "2" } }
            dynamic_batching { max_queue_delay_microseconds: 1000 }
            """);
  }

  @Test
  void insertsIntoMessagesThatArePresent() {
    String running =
        """
        {"name":"m","max_batch_size":16,"instance_group":[{"kind":"KIND_CPU","count":1}],
         "dynamic_batching":{"preferred_batch_size":[16]}}
        """;
    String file = "max_batch_size: 16\ndynamic_batching { }\ninstance_group { kind: KIND_CPU }\n";
    ModelSetting wanted =
        ModelSetting.of("m", 2)
            .withQueueDelay(Duration.ofMillis(1))
            .withPreferredBatches(List.of(4));

    assertThat(edited(file, running, wanted))
        .isEqualTo(
            """
            max_batch_size: 16
            dynamic_batching { preferred_batch_size: [ 4 ] max_queue_delay_microseconds: 1000 }
            instance_group { count: 2 kind: KIND_CPU }
            """);
  }

  @Test
  void aPreferredBatchThatTheServerFilledInIsNotWritten() {
    String running =
        """
        {"name":"m","max_batch_size":16,"instance_group":[{"kind":"KIND_CPU","count":1}],
         "dynamic_batching":{"preferred_batch_size":[16]}}
        """;
    String file = "max_batch_size: 16\ndynamic_batching { }\n";

    assertThat(edited(file, running, ModelSetting.of("m", 1).withMaxBatch(8)))
        .isEqualTo("max_batch_size: 8\ndynamic_batching { }\n");
  }

  @Test
  void refusesFilesItDoesNotUnderstand() {
    ModelSetting wanted = ModelSetting.of("embed", 3);
    for (String file :
        List.of(
            FILE + "unheard_of: 3\n",
            FILE + "instance_group { count: 1 }\n",
            FILE + "}",
            FILE.replace("< max", "{ max"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> edited(file, RUNNING, wanted))
          .withMessageContaining("config.pbtxt");
    }
  }
}
