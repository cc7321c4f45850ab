package io.waip.triton.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.TextFormat;
import com.google.protobuf.UnknownFieldSet;
import io.waip.triton.client.FakeInferenceServer;
import io.waip.triton.client.OipClient;
import io.waip.triton.client.wire.ModelConfig;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // opened before each test
class RemoteModelServerTest {
  private FakeInferenceServer far;
  private OipClient client;
  private RemoteModelServer server;

  @BeforeEach
  void open() throws IOException {
    far = new FakeInferenceServer();
    client = OipClient.to("127.0.0.1", far.port());
    server = new RemoteModelServer(client);
  }

  @AfterEach
  void close() {
    client.close();
    far.close();
  }

  private static ModelConfig config(String text) throws IOException {
    ModelConfig.Builder built = ModelConfig.newBuilder();
    TextFormat.merge(text, built);
    return built.build();
  }

  @Test
  void givesTheWholeConfigurationAsJson() throws IOException {
    far.config =
        config(
            """
            name: "echo" backend: "onnxruntime" max_batch_size: 8
            input { name: "x\\"" data_type: TYPE_INT64 dims: [ -1, 4 ] }
            instance_group { count: 2 kind: KIND_CPU }
            dynamic_batching {
              max_queue_delay_microseconds: 500
              priority_queue_policy { key: 3 value { max_queue_size: 7 } }
            }
            parameters { key: "a" value { string_value: "b" } }
            optimization { input_pinned_memory { } }
            """);

    ObjectMapper jackson = new ObjectMapper();
    assertThat(jackson.readTree(server.configuration("echo")))
        .isEqualTo(
            jackson.readTree(
                """
                {"name":"echo","backend":"onnxruntime","max_batch_size":8,
                 "input":[{"name":"x\\"","data_type":"TYPE_INT64","dims":[-1,4]}],
                 "instance_group":[{"count":2,"kind":"KIND_CPU"}],
                 "dynamic_batching":{"max_queue_delay_microseconds":500,
                   "priority_queue_policy":{"3":{"max_queue_size":7}}},
                 "parameters":{"a":{"string_value":"b"}},
                 "optimization":{"input_pinned_memory":{}}}
                """));
  }

  @Test
  void refusesAConfigurationOfWhichItWouldLoseAPart() {
    far.config =
        ModelConfig.newBuilder()
            .setName("echo")
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(999, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build())
            .build();
    assertThatExceptionOfType(ServerRefusal.class)
        .isThrownBy(() -> server.configuration("echo"))
        .withMessageContaining("[999]");
  }

  @Test
  void loadsWithAConfiguration() {
    server.load("echo", "{\"name\":\"echo\"}");
    assertThat(far.controls).containsExactly("load echo", "{\"name\":\"echo\"}");
    assertThat(server.isReady("echo")).isTrue();
    assertThat(server.isReady("other")).isFalse();
    assertThatExceptionOfType(ServerRefusal.class)
        .isThrownBy(() -> server.configuration("other"))
        .withMessage("unknown model");
  }

  @Test
  void tellsByARefusalWhetherLoadsAreTaken() {
    assertThat(server.takesLoads()).isTrue();
    far.loadRefusal = "explicit model load / unload is not allowed if polling is enabled";
    assertThat(server.takesLoads()).isFalse();
    far.loadRefusal = "This API is restricted, expecting header 'admin'";
    assertThat(server.takesLoads()).isFalse();
  }

  @Test
  void doesNotTakeAServerThatIsGoneForOneThatTakesNoLoads() {
    far.close();
    assertThatExceptionOfType(ServerRefusal.class).isThrownBy(server::takesLoads);
    assertThat(server.isReady("echo")).isFalse();
  }
}
