package io.waip.triton.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.waip.api.actuate.ModelSetting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
  private static final String ENCODER =
      """
      {"name":"embed","backend":"onnxruntime","max_batch_size":16,
       "input":[{"name":"ids","data_type":"TYPE_INT64","dims":[-1]}],
       "instance_group":[{"name":"embed_0","kind":"KIND_CPU","count":2,"gpus":[],"passive":false}],
       "dynamic_batching":{"preferred_batch_size":[16],"max_queue_delay_microseconds":500,
         "preserve_ordering":true},
       "parameters":{"intra_op_thread_count":{"string_value":"4"},"other":{"string_value":"x"}}}
      """;

  private static Configuration encoder() {
    return Configuration.read(ENCODER);
  }

  @Test
  void readsTheSettingInForce() {
    assertThat(encoder().setting())
        .isEqualTo(
            ModelSetting.of("embed", 2)
                .withThreads(4)
                .withMaxBatch(16)
                .withQueueDelay(Duration.ofNanos(500_000))
                .withPreferredBatches(List.of(16)));
    assertThat(Configuration.read("{\"name\":\"bare\"}").setting())
        .isEqualTo(ModelSetting.of("bare", 1));
  }

  @Test
  void changesWhatIsWantedAndNothingElse() {
    Configuration changed =
        encoder()
            .with(
                ModelSetting.of("embed", 3)
                    .withThreads(2)
                    .withMaxBatch(8)
                    .withQueueDelay(Duration.ofMillis(2))
                    .withPreferredBatches(List.of(4, 8)));

    String expected =
        ENCODER
            .replace("\"count\":2", "\"count\":3")
            .replace("\"string_value\":\"4\"", "\"string_value\":\"2\"")
            .replace("\"max_batch_size\":16", "\"max_batch_size\":8")
            .replace(
                "\"max_queue_delay_microseconds\":500", "\"max_queue_delay_microseconds\":2000")
            .replace("[16]", "[4,8]");
    assertThat(changed).isEqualTo(Configuration.read(expected));
    assertThat(Configuration.read(changed.json())).isEqualTo(changed);
    assertThat(changed.differsOnlyInSettingFrom(encoder())).isTrue();
    assertThat(encoder().with(encoder().setting())).isEqualTo(encoder());
  }

  @Test
  void noticesAChangeOutsideTheSetting() {
    Map<String, String> others =
        Map.of(
            "TYPE_INT64", "TYPE_INT32",
            "KIND_CPU", "KIND_GPU",
            "\"x\"", "\"y\"",
            "\"preserve_ordering\":true", "\"preserve_ordering\":false");
    others.forEach((part, other) ->
        assertThat(
                Configuration.read(ENCODER.replace(part, other))
                    .differsOnlyInSettingFrom(encoder()))
            .as(part)
            .isFalse());
  }

  @Test
  void aPreferredBatchFollowsTheLargest() {
    assertThat(encoder().with(ModelSetting.of("embed", 2).withMaxBatch(32)).setting())
        .isEqualTo(
            encoder()
                .setting()
                .withPreferredBatches(List.of())
                .withMaxBatch(32)
                .withPreferredBatches(List.of(32)));
    Configuration several = Configuration.read(ENCODER.replace("[16]", "[4,12,16]"));
    assertThat(
            several.with(ModelSetting.of("embed", 2).withMaxBatch(12)).setting().preferredBatches())
        .containsExactly(4, 12);
  }

  @Test
  void instancesOfSeveralDevicesAreCountedOnEach() {
    Configuration gpus =
        Configuration.read(ENCODER.replace("KIND_CPU", "KIND_GPU").replace("[]", "[0,1]"));

    assertThat(gpus.setting().instances()).isEqualTo(4);
    assertThat(gpus.with(ModelSetting.of("embed", 6)).json()).contains("\"count\":3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gpus.with(ModelSetting.of("embed", 5)))
        .withMessageContaining("each of 2 devices");
  }

  @Test
  void batchingThatIsNewIsAdded() {
    Configuration bare =
        Configuration.read(
            "{\"name\":\"bare\",\"max_batch_size\":4,\"instance_group\":[{\"count\":1}]}");

    Configuration changed =
        bare.with(ModelSetting.of("bare", 1).withQueueDelay(Duration.ofMillis(1)));
    assertThat(changed.json())
        .contains("\"dynamic_batching\":{\"max_queue_delay_microseconds\":1000}");
    assertThat(changed.differsOnlyInSettingFrom(bare)).isTrue();
  }

  @Test
  void refusesWhatTheModelCannotBe() {
    check(
        "{\"name\":\"m\",\"instance_group\":[{\"count\":1},{\"count\":2}]}",
        ModelSetting.of("m", 1),
        "2 groups");
    check(
        "{\"name\":\"m\",\"instance_group\":[{\"count\":1}]}",
        ModelSetting.of("m", 1).withMaxBatch(4),
        "no batch axis");
    check(
        "{\"name\":\"m\",\"backend\":\"python\",\"instance_group\":[{\"count\":1}]}",
        ModelSetting.of("m", 1).withThreads(2),
        "'python'");
    check(
        "{\"name\":\"m\",\"sequence_batching\":{},\"instance_group\":[{\"count\":1}]}",
        ModelSetting.of("m", 1).withQueueDelay(Duration.ofMillis(1)),
        "sequence_batching");
    check(
        "{\"name\":\"m\",\"instance_group\":[{\"count\":1}]}",
        ModelSetting.of("m", 1).withQueueDelay(Duration.ofNanos(1_500)),
        "whole microseconds");
  }

  private static void check(String json, ModelSetting wanted, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Configuration.read(json).with(wanted))
        .withMessageContaining(why);
  }
}
