package io.waip.triton.client;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.waip.triton.client.wire.ModelConfigRequest;
import io.waip.triton.client.wire.ModelInferResponse;
import io.waip.triton.client.wire.ModelMetadataRequest;
import io.waip.triton.client.wire.ModelReadyRequest;
import io.waip.triton.client.wire.ModelRepositoryParameter;
import io.waip.triton.client.wire.RepositoryModelLoadRequest;
import io.waip.triton.client.wire.RepositoryModelUnloadRequest;
import io.waip.triton.client.wire.ServerLiveRequest;
import io.waip.triton.client.wire.ServerMetadataRequest;
import io.waip.triton.client.wire.ServerMetadataResponse;
import io.waip.triton.client.wire.ServerReadyRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A client of one server over one plain-text connection, made at the first call and again when it
 * breaks. Any thread may call; answers arrive on the connection's event thread.
 */
public final class OipClient implements AutoCloseable {
  /** Largest answer taken: tensors of 256 MiB; the library's own default is 4 MiB. */
  private static final int MAX_MESSAGE_BYTES = 256 << 20;

  /** Bound of the calls that describe or load: loading may take a model's whole start. */
  private static final Duration CONTROL_TIMEOUT = Duration.ofMinutes(2);

  private static final String CONFIG_PARAMETER = "config";

  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
  private static final int CLOSE_SECONDS = 2;

  private final ManagedChannel channel;

  private OipClient(ManagedChannel channel) {
    this.channel = channel;
  }

  /** A client of the gRPC port of a server; connects at the first call. */
  public static OipClient to(String host, int port) {
    return new OipClient(
        NettyChannelBuilder.forAddress(host, port)
            .usePlaintext()
            .directExecutor()
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .build());
  }

  /** Whether the server answers and says it lives; false when it cannot be reached. */
  public boolean isLive() {
    try {
      return ask(Calls.SERVER_LIVE, ServerLiveRequest.getDefaultInstance(), PROBE_TIMEOUT)
          .getLive();
    } catch (CallFailure e) {
      return false;
    }
  }

  /** Whether the server answers and says it is ready; false when it cannot be reached. */
  public boolean isReady() {
    try {
      return ask(Calls.SERVER_READY, ServerReadyRequest.getDefaultInstance(), PROBE_TIMEOUT)
          .getReady();
    } catch (CallFailure e) {
      return false;
    }
  }

  /** Whether the server answers and says the model is ready; false when it cannot be reached. */
  public boolean isReady(String model) {
    ModelReadyRequest request = ModelReadyRequest.newBuilder().setName(model).build();
    try {
      return ask(Calls.MODEL_READY, request, PROBE_TIMEOUT).getReady();
    } catch (CallFailure e) {
      return false;
    }
  }

  /**
   * Asks the server who it is.
   *
   * @throws CallFailure if it does not say
   */
  public ServerDescription describe() {
    ServerMetadataResponse response =
        ask(Calls.SERVER_METADATA, ServerMetadataRequest.getDefaultInstance(), CONTROL_TIMEOUT);
    return new ServerDescription(
        response.getName(), response.getVersion(), response.getExtensionsList());
  }

  /**
   * Asks what a model takes and gives.
   *
   * @throws CallFailure if there is no such model
   */
  public ModelDescription describe(String model) {
    ModelMetadataRequest request = ModelMetadataRequest.newBuilder().setName(model).build();
    return Messages.description(ask(Calls.MODEL_METADATA, request, CONTROL_TIMEOUT));
  }

  /**
   * Loads a model, or loads it again; returns once it is ready. Triton only.
   *
   * @throws CallFailure if it cannot be loaded
   */
  public void load(String model) {
    ask(
        Calls.LOAD,
        RepositoryModelLoadRequest.newBuilder().setModelName(model).build(),
        CONTROL_TIMEOUT);
  }

  /**
   * Loads a model with another configuration than its file's; returns once it is ready. Triton in
   * explicit model control only.
   *
   * @param config the whole configuration as JSON
   * @throws CallFailure if it cannot be loaded; one that was loaded before keeps serving
   */
  public void load(String model, String config) {
    ModelRepositoryParameter value =
        ModelRepositoryParameter.newBuilder().setStringParam(config).build();
    ask(
        Calls.LOAD,
        RepositoryModelLoadRequest.newBuilder()
            .setModelName(model)
            .putParameters(CONFIG_PARAMETER, value)
            .build(),
        CONTROL_TIMEOUT);
  }

  /**
   * Asks for the configuration that a model runs with, as JSON. Triton only.
   *
   * @throws CallFailure if there is no such model
   * @throws IllegalArgumentException if the configuration has fields this client does not know, so
   *     that it could not be given back whole
   */
  public String configuration(String model) {
    ModelConfigRequest request = ModelConfigRequest.newBuilder().setName(model).build();
    return MessageJson.write(ask(Calls.MODEL_CONFIG, request, CONTROL_TIMEOUT).getConfig());
  }

  /**
   * Asks the server to unload a model; requests under way are still answered. Triton only.
   *
   * @throws CallFailure if the server does not do that
   */
  public void unload(String model) {
    ask(
        Calls.UNLOAD,
        RepositoryModelUnloadRequest.newBuilder().setModelName(model).build(),
        CONTROL_TIMEOUT);
  }

  /**
   * Asks for one inference and waits for it.
   *
   * @param timeout after which the call is cancelled
   * @throws CallFailure if the server refuses, fails or does not answer in time; then with the code
   *     {@code DEADLINE_EXCEEDED}
   */
  public InferAnswer infer(InferCall call, Duration timeout) {
    return Messages.answer(ask(Calls.MODEL_INFER, Messages.request(call), timeout));
  }

  /**
   * Asks for one inference.
   *
   * @param timeout after which the call is cancelled
   * @return the answer, or a {@link CallFailure}
   */
  public CompletableFuture<InferAnswer> inferAsync(InferCall call, Duration timeout) {
    CompletableFuture<InferAnswer> future = new CompletableFuture<>();
    AnswerListener listener =
        new AnswerListener() {
          @Override
          public void answered(InferAnswer answer) {
            future.complete(answer);
          }

          @Override
          public void failed(CallFailure failure) {
            future.completeExceptionally(failure);
          }
        };
    start(PreparedCall.of(call), within(timeout), listener);
    return future;
  }

  /** Sends a call without a time limit and returns at once; the listener is told how it ends. */
  public void send(PreparedCall call, AnswerListener listener) {
    start(call, CallOptions.DEFAULT, listener);
  }

  private void start(PreparedCall call, CallOptions options, AnswerListener listener) {
    ClientCalls.asyncUnaryCall(
        channel.newCall(Calls.MODEL_INFER, options), call.request(), new Observer(listener));
  }

  private <A, B> B ask(MethodDescriptor<A, B> method, A request, Duration timeout) {
    try {
      return ClientCalls.blockingUnaryCall(channel, method, within(timeout), request);
    } catch (StatusRuntimeException e) {
      throw failure(e.getStatus(), e);
    }
  }

  private static CallOptions within(Duration timeout) {
    return CallOptions.DEFAULT.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static CallFailure failure(Status status, Throwable cause) {
    String message = status.getDescription();
    return new CallFailure(
        status.getCode().name(), message == null ? status.getCode().name() : message, cause);
  }

  /** Cancels what is under way and closes the connection. */
  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From gRPC's observer to a listener. */
  private record Observer(AnswerListener listener) implements StreamObserver<ModelInferResponse> {
    @Override
    public void onNext(ModelInferResponse response) {
      listener.answered(Messages.answer(response));
    }

    @Override
    public void onError(Throwable error) {
      Status status =
          switch (error) {
            case StatusRuntimeException e -> e.getStatus();
            case StatusException e -> e.getStatus();
            default -> Status.fromThrowable(error);
          };
      listener.failed(failure(status, error));
    }

    @Override
    public void onCompleted() {}
  }
}
