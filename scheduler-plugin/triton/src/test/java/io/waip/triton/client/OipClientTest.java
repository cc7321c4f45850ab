package io.waip.triton.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.waip.triton.client.wire.InferTensorContents;
import io.waip.triton.client.wire.ModelInferRequest;
import io.waip.triton.client.wire.ModelInferResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OipClientTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private FakeInferenceServer server;
  private OipClient client;

  @BeforeEach
  void start() throws IOException {
    server = new FakeInferenceServer();
    client = OipClient.to("127.0.0.1", server.port());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static InferCall call() {
    return InferCall.to("echo")
        .version("3")
        .id("seven")
        .parameter("tenant", "gold")
        .parameter("deadline_ms", 50)
        .input(Tensor.int64("INPUT", List.of(1L, 2L), 5, -6))
        .input(Tensor.texts("TEXTS", List.of(2L), "a", "zwei"))
        .output("OUTPUT")
        .build();
  }

  @Test
  void aCallIsAnsweredWithItsTensors() {
    server.model = FakeInferenceServer::echo;

    InferAnswer answer = client.infer(call(), LONG);

    assertThat(answer.model()).isEqualTo("echo");
    assertThat(answer.version()).isEqualTo("3");
    assertThat(answer.id()).isEqualTo("seven");
    assertThat(answer.output("OUTPUT").shape()).containsExactly(1L, 2L);
    assertThat(answer.output("OUTPUT").toLongs()).containsExactly(5, -6);
    assertThatThrownBy(() -> answer.output("OTHER"))
        .hasMessage("no output OTHER in the answer of echo; it has [OUTPUT]");
  }

  @Test
  void theWireHoldsParametersAndLittleEndianContents() {
    server.model = FakeInferenceServer::echo;

    client.infer(call(), LONG);

    ModelInferRequest request = server.requests.getFirst();
    assertThat(request.getModelVersion()).isEqualTo("3");
    assertThat(request.getParametersOrThrow("tenant").getStringParam()).isEqualTo("gold");
    assertThat(request.getParametersOrThrow("deadline_ms").getInt64Param()).isEqualTo(50);
    assertThat(request.getRawInputContents(0))
        .isEqualTo(
            ByteString.copyFrom(
                new byte[] {5, 0, 0, 0, 0, 0, 0, 0, -6, -1, -1, -1, -1, -1, -1, -1}));
    assertThat(request.getRawInputContents(1))
        .isEqualTo(
            ByteString.copyFrom(new byte[] {1, 0, 0, 0, 'a', 4, 0, 0, 0, 'z', 'w', 'e', 'i'}));
    assertThat(request.getOutputs(0).getName()).isEqualTo("OUTPUT");
  }

  @Test
  void typedContentsOfOtherServersAreTheSameTensors() {
    server.model =
        request ->
            ModelInferResponse.newBuilder()
                .addOutputs(
                    output("F", "FP32")
                        .setContents(InferTensorContents.newBuilder().addFp32Contents(1.5f)))
                .addOutputs(
                    output("I", "INT64")
                        .setContents(InferTensorContents.newBuilder().addInt64Contents(-9)))
                .addOutputs(
                    output("B", "INT8")
                        .setContents(InferTensorContents.newBuilder().addIntContents(-2)))
                .addOutputs(
                    output("T", "BYTES")
                        .setContents(
                            InferTensorContents.newBuilder()
                                .addBytesContents(ByteString.copyFromUtf8("text"))))
                .build();

    InferAnswer answer = client.infer(call(), LONG);

    assertThat(answer.output("F").toFloats()).containsExactly(1.5f);
    assertThat(answer.output("I").toLongs()).containsExactly(-9);
    assertThat(answer.output("B").content().get(0)).isEqualTo((byte) -2);
    assertThat(answer.output("B").content().remaining()).isEqualTo(1);
    assertThat(answer.output("T").toTexts()).containsExactly("text");
  }

  private static ModelInferResponse.InferOutputTensor.Builder output(String name, String datatype) {
    return ModelInferResponse.InferOutputTensor.newBuilder()
        .setName(name)
        .setDatatype(datatype)
        .addShape(1);
  }

  @Test
  void anErrorHasTheServersCodeAndMessage() {
    server.model =
        request -> {
          throw Status.UNAVAILABLE.withDescription("waip: overload").asRuntimeException();
        };

    CallFailure failure = catchThrowableOfType(CallFailure.class, () -> client.infer(call(), LONG));

    assertThat(failure.code()).isEqualTo("UNAVAILABLE");
    assertThat(failure).hasMessage("waip: overload");
  }

  @Test
  void anAnswerWithFewerContentsThanOutputsIsAFailure() {
    server.model =
        request ->
            FakeInferenceServer.echo(request).toBuilder().addOutputs(output("X", "FP32")).build();

    assertThatThrownBy(() -> client.inferAsync(call(), LONG).get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(CallFailure.class);
  }

  @Test
  void anAnswerThatDoesNotComeEndsWithTheTimeout() {
    server.model = request -> ModelInferResponse.getDefaultInstance();

    CallFailure failure =
        catchThrowableOfType(CallFailure.class, () -> client.infer(call(), Duration.ofMillis(50)));

    assertThat(failure.code()).isEqualTo("DEADLINE_EXCEEDED");
  }

  @Test
  void anAsynchronousCallEndsLikeAWaitingOne() throws Exception {
    server.model = FakeInferenceServer::echo;

    InferAnswer answer = client.inferAsync(call(), LONG).get(20, TimeUnit.SECONDS);

    assertThat(answer.output("OUTPUT").toLongs()).containsExactly(5, -6);
  }

  @Test
  void serverAndModelsDescribeThemselves() {
    assertThat(client.isLive()).isTrue();
    assertThat(client.isReady()).isTrue();
    assertThat(client.isReady("echo")).isTrue();
    assertThat(client.isReady("other")).isFalse();
    assertThat(client.describe())
        .isEqualTo(new ServerDescription("fake", "2.51.0", List.of("statistics")));
    assertThat(client.describe("echo").inputs())
        .containsExactly(
            new ModelDescription.TensorDescription("INPUT", "INT64", List.of(-1L, 16L)));
  }

  @Test
  void modelsAreLoadedAndUnloadedByName() {
    client.load("a");
    client.unload("b");

    assertThat(server.controls).containsExactly("load a", "unload b");
  }

  @Test
  void aServerThatIsGoneIsNotReady() {
    server.close();

    assertThat(client.isLive()).isFalse();
    assertThat(client.isReady()).isFalse();
    assertThat(client.isReady("echo")).isFalse();
  }
}
