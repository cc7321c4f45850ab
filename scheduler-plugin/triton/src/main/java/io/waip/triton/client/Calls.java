package io.waip.triton.client;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.waip.triton.client.wire.ModelConfigRequest;
import io.waip.triton.client.wire.ModelConfigResponse;
import io.waip.triton.client.wire.ModelInferRequest;
import io.waip.triton.client.wire.ModelInferResponse;
import io.waip.triton.client.wire.ModelMetadataRequest;
import io.waip.triton.client.wire.ModelMetadataResponse;
import io.waip.triton.client.wire.ModelReadyRequest;
import io.waip.triton.client.wire.ModelReadyResponse;
import io.waip.triton.client.wire.RepositoryModelLoadRequest;
import io.waip.triton.client.wire.RepositoryModelLoadResponse;
import io.waip.triton.client.wire.RepositoryModelUnloadRequest;
import io.waip.triton.client.wire.RepositoryModelUnloadResponse;
import io.waip.triton.client.wire.ServerLiveRequest;
import io.waip.triton.client.wire.ServerLiveResponse;
import io.waip.triton.client.wire.ServerMetadataRequest;
import io.waip.triton.client.wire.ServerMetadataResponse;
import io.waip.triton.client.wire.ServerReadyRequest;
import io.waip.triton.client.wire.ServerReadyResponse;

/**
 * The protocol's calls. Written by hand: a few descriptors weigh less than a native code generator
 * that every build would have to fetch.
 */
final class Calls {
  private static final String SERVICE = "inference.GRPCInferenceService";

  static final MethodDescriptor<ServerLiveRequest, ServerLiveResponse> SERVER_LIVE =
      unary(
          "ServerLive",
          ServerLiveRequest.getDefaultInstance(),
          ServerLiveResponse.getDefaultInstance());
  static final MethodDescriptor<ServerReadyRequest, ServerReadyResponse> SERVER_READY =
      unary(
          "ServerReady",
          ServerReadyRequest.getDefaultInstance(),
          ServerReadyResponse.getDefaultInstance());
  static final MethodDescriptor<ModelReadyRequest, ModelReadyResponse> MODEL_READY =
      unary(
          "ModelReady",
          ModelReadyRequest.getDefaultInstance(),
          ModelReadyResponse.getDefaultInstance());
  static final MethodDescriptor<ServerMetadataRequest, ServerMetadataResponse> SERVER_METADATA =
      unary(
          "ServerMetadata",
          ServerMetadataRequest.getDefaultInstance(),
          ServerMetadataResponse.getDefaultInstance());
  static final MethodDescriptor<ModelMetadataRequest, ModelMetadataResponse> MODEL_METADATA =
      unary(
          "ModelMetadata",
          ModelMetadataRequest.getDefaultInstance(),
          ModelMetadataResponse.getDefaultInstance());
  static final MethodDescriptor<ModelInferRequest, ModelInferResponse> MODEL_INFER =
      unary(
          "ModelInfer",
          ModelInferRequest.getDefaultInstance(),
          ModelInferResponse.getDefaultInstance());
  static final MethodDescriptor<RepositoryModelLoadRequest, RepositoryModelLoadResponse> LOAD =
      unary(
          "RepositoryModelLoad",
          RepositoryModelLoadRequest.getDefaultInstance(),
          RepositoryModelLoadResponse.getDefaultInstance());
  static final MethodDescriptor<RepositoryModelUnloadRequest, RepositoryModelUnloadResponse>
      UNLOAD =
          unary(
              "RepositoryModelUnload",
              RepositoryModelUnloadRequest.getDefaultInstance(),
              RepositoryModelUnloadResponse.getDefaultInstance());

  static final MethodDescriptor<ModelConfigRequest, ModelConfigResponse> MODEL_CONFIG =
      unary(
          "ModelConfig",
          ModelConfigRequest.getDefaultInstance(),
          ModelConfigResponse.getDefaultInstance());

  private Calls() {}

  private static <A extends Message, B extends Message> MethodDescriptor<A, B> unary(
      String name, A request, B response) {
    return MethodDescriptor.<A, B>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(ProtoUtils.marshaller(request))
        .setResponseMarshaller(ProtoUtils.marshaller(response))
        .build();
  }
}
