package io.waip.triton.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.waip.triton.client.ModelDescription.TensorDescription;
import io.waip.triton.client.wire.InferParameter;
import io.waip.triton.client.wire.ModelInferRequest;
import io.waip.triton.client.wire.ModelInferRequest.InferInputTensor;
import io.waip.triton.client.wire.ModelInferRequest.InferRequestedOutputTensor;
import io.waip.triton.client.wire.ModelInferResponse;
import io.waip.triton.client.wire.ModelInferResponse.InferOutputTensor;
import io.waip.triton.client.wire.ModelMetadataResponse;
import io.waip.triton.client.wire.ModelMetadataResponse.TensorMetadata;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The protocol's messages from and to this package's types. */
final class Messages {
  private Messages() {}

  /** The wire form of a call; tensors' contents are shared, not copied. */
  static ModelInferRequest request(InferCall call) {
    ModelInferRequest.Builder request =
        ModelInferRequest.newBuilder()
            .setModelName(call.model())
            .setModelVersion(call.version())
            .setId(call.id());
    call.parameters().forEach((name, value) -> request.putParameters(name, parameter(name, value)));
    for (Tensor input : call.inputs()) {
      request.addInputs(
          InferInputTensor.newBuilder()
              .setName(input.name())
              .setDatatype(input.datatype())
              .addAllShape(input.shape()));
      request.addRawInputContents(UnsafeByteOperations.unsafeWrap(input.content()));
    }
    call.outputs()
        .forEach(name -> request.addOutputs(InferRequestedOutputTensor.newBuilder().setName(name)));
    return request.build();
  }

  private static InferParameter parameter(String name, Object value) {
    InferParameter.Builder parameter = InferParameter.newBuilder();
    return switch (value) {
      case String text -> parameter.setStringParam(text).build();
      case Long number -> parameter.setInt64Param(number).build();
      case Boolean flag -> parameter.setBoolParam(flag).build();
      case Double number -> parameter.setDoubleParam(number).build();
      default ->
          throw new IllegalArgumentException(
              "parameter %s is a %s; allowed: String, Long, Boolean, Double"
                  .formatted(name, value.getClass().getSimpleName()));
    };
  }

  /** An answer; raw contents are shared with the message, typed ones converted. */
  static InferAnswer answer(ModelInferResponse response) {
    List<Tensor> outputs = new ArrayList<>(response.getOutputsCount());
    boolean raw = response.getRawOutputContentsCount() > 0;
    if (raw && response.getRawOutputContentsCount() != response.getOutputsCount()) {
      throw new IllegalArgumentException(
          "the server sent %d outputs and %d contents"
              .formatted(response.getOutputsCount(), response.getRawOutputContentsCount()));
    }
    for (int i = 0; i < response.getOutputsCount(); i++) {
      InferOutputTensor output = response.getOutputs(i);
      ByteBuffer content =
          raw
              ? raw(response.getRawOutputContents(i))
              : TypedContents.raw(output.getDatatype(), output.getContents());
      outputs.add(
          new Tensor(output.getName(), output.getDatatype(), output.getShapeList(), content));
    }
    return new InferAnswer(
        response.getModelName(), response.getModelVersion(), response.getId(), outputs);
  }

  private static ByteBuffer raw(ByteString bytes) {
    return bytes.asReadOnlyByteBuffer();
  }

  static ModelDescription description(ModelMetadataResponse response) {
    return new ModelDescription(
        response.getName(),
        response.getVersionsList(),
        response.getPlatform(),
        response.getInputsList().stream().map(Messages::tensor).toList(),
        response.getOutputsList().stream().map(Messages::tensor).toList());
  }

  private static TensorDescription tensor(TensorMetadata tensor) {
    return new TensorDescription(tensor.getName(), tensor.getDatatype(), tensor.getShapeList());
  }
}
