package io.waip.triton.client;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.waip.triton.client.wire.ModelConfig;
import io.waip.triton.client.wire.ModelConfigResponse;
import io.waip.triton.client.wire.ModelInferRequest;
import io.waip.triton.client.wire.ModelInferResponse;
import io.waip.triton.client.wire.ModelMetadataResponse;
import io.waip.triton.client.wire.ModelReadyResponse;
import io.waip.triton.client.wire.RepositoryModelLoadRequest;
import io.waip.triton.client.wire.RepositoryModelLoadResponse;
import io.waip.triton.client.wire.RepositoryModelUnloadResponse;
import io.waip.triton.client.wire.ServerLiveResponse;
import io.waip.triton.client.wire.ServerMetadataResponse;
import io.waip.triton.client.wire.ServerReadyResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A server of the protocol that answers as its test says and keeps what it was asked. */
public final class FakeInferenceServer implements AutoCloseable {
  /**
   * What a model answers: a response, or a status thrown; the default instance keeps the client
   * waiting.
   */
  public volatile Function<ModelInferRequest, ModelInferResponse> model =
      request -> {
        throw Status.NOT_FOUND.withDescription("unknown model").asRuntimeException();
      };

  /** The configuration of the model {@code echo}. */
  public volatile ModelConfig config = ModelConfig.newBuilder().setName("echo").build();

  /** What a load of a model with a slash in its name, MODEL, is refused with. */
  public volatile String loadRefusal = "failed to load 'MODEL', failed to poll from repository";

  final List<ModelInferRequest> requests = new CopyOnWriteArrayList<>();

  /** Loads and unloads by name, each load with its configuration where it has one. */
  public final List<String> controls = new CopyOnWriteArrayList<>();

  private final Server server;

  public FakeInferenceServer() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .addService(service())
            .build()
            .start();
  }

  public int port() {
    return server.getPort();
  }

  /** The first input under the name OUTPUT: a model for {@link #model}. */
  public static ModelInferResponse echo(ModelInferRequest request) {
    return ModelInferResponse.newBuilder()
        .setModelName(request.getModelName())
        .setModelVersion("3")
        .setId(request.getId())
        .addOutputs(
            ModelInferResponse.InferOutputTensor.newBuilder()
                .setName("OUTPUT")
                .setDatatype(request.getInputs(0).getDatatype())
                .addAllShape(request.getInputs(0).getShapeList()))
        .addRawOutputContents(request.getRawInputContents(0))
        .build();
  }

  private ServerServiceDefinition service() {
    ServerServiceDefinition.Builder service =
        ServerServiceDefinition.builder("inference.GRPCInferenceService");
    add(service, Calls.SERVER_LIVE, ask -> ServerLiveResponse.newBuilder().setLive(true).build());
    add(
        service,
        Calls.SERVER_READY,
        ask -> ServerReadyResponse.newBuilder().setReady(true).build());
    add(
        service,
        Calls.MODEL_READY,
        ask -> ModelReadyResponse.newBuilder().setReady(ask.getName().equals("echo")).build());
    add(
        service,
        Calls.SERVER_METADATA,
        ask ->
            ServerMetadataResponse.newBuilder()
                .setName("fake")
                .setVersion("2.51.0")
                .addExtensions("statistics")
                .build());
    add(service, Calls.MODEL_METADATA, ask -> metadata(ask.getName()));
    add(
        service,
        Calls.LOAD,
        ask -> {
          controls.add("load " + ask.getModelName());
          loaded(ask);
          return RepositoryModelLoadResponse.getDefaultInstance();
        });
    add(
        service,
        Calls.UNLOAD,
        ask -> {
          controls.add("unload " + ask.getModelName());
          return RepositoryModelUnloadResponse.getDefaultInstance();
        });
    add(
        service,
        Calls.MODEL_CONFIG,
        ask -> {
          if (!ask.getName().equals("echo")) {
            throw Status.NOT_FOUND.withDescription("unknown model").asRuntimeException();
          }
          return ModelConfigResponse.newBuilder().setConfig(config).build();
        });
    service.addMethod(Calls.MODEL_INFER, ServerCalls.asyncUnaryCall(this::infer));
    return service.build();
  }

  private void loaded(RepositoryModelLoadRequest ask) {
    if (ask.getModelName().contains("/")) {
      throw Status.INTERNAL
          .withDescription(loadRefusal.replace("MODEL", ask.getModelName()))
          .asRuntimeException();
    }
    if (ask.containsParameters("config")) {
      controls.add(ask.getParametersOrThrow("config").getStringParam());
    }
  }

  private static ModelMetadataResponse metadata(String name) {
    return ModelMetadataResponse.newBuilder()
        .setName(name)
        .addVersions("1")
        .setPlatform("python")
        .addInputs(
            ModelMetadataResponse.TensorMetadata.newBuilder()
                .setName("INPUT")
                .setDatatype("INT64")
                .addShape(-1)
                .addShape(16))
        .build();
  }

  private static <A, B> void add(
      ServerServiceDefinition.Builder service,
      MethodDescriptor<A, B> method,
      Function<A, B> answer) {
    service.addMethod(
        method,
        ServerCalls.asyncUnaryCall((request, observer) -> {
          try {
            observer.onNext(answer.apply(request));
            observer.onCompleted();
          } catch (StatusRuntimeException e) {
            observer.onError(e);
          }
        }));
  }

  private void infer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
    requests.add(request);
    try {
      ModelInferResponse response = model.apply(request);
      if (!response.equals(ModelInferResponse.getDefaultInstance())) {
        observer.onNext(response);
        observer.onCompleted();
      }
    } catch (StatusRuntimeException e) {
      observer.onError(e);
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
