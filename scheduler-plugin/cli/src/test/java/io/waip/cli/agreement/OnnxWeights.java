package io.waip.cli.agreement;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the 8-bit weights in the bytes of an ONNX model, to damage them. Field numbers are those of
 * onnx.proto: ModelProto.graph 7, GraphProto.initializer 5, TensorProto.data_type 2, name 8 and
 * raw_data 9.
 */
final class OnnxWeights {
  private static final int UINT8 = 2;
  private static final int INT8 = 3;

  /** Smaller tensors are biases and scales. */
  private static final int LEAST_BYTES = 100_000;

  /** Where the elements of a tensor lie. */
  record Weights(String name, int from, int bytes) {}

  private OnnxWeights() {}

  /** Returns the model with the 8-bit weights of its layers rounded to fewer bits. */
  static byte[] rounded(byte[] model, int bits) throws IOException {
    byte[] changed = model.clone();
    int step = 1 << (8 - bits);
    for (Weights weights : eightBit(model)) {
      for (int i = weights.from; i < weights.from + weights.bytes; i++) {
        int nearest = Math.floorDiv(changed[i] + step / 2, step) * step;
        changed[i] = (byte) Math.min(nearest, Byte.MAX_VALUE);
      }
    }
    return changed;
  }

  /** Returns the weights of layers; embeddings are looked up, not multiplied, and left out. */
  static List<Weights> eightBit(byte[] model) throws IOException {
    List<Weights> found = new ArrayList<>();
    CodedInputStream in = CodedInputStream.newInstance(model);
    walk(in, 7, () -> walk(in, 5, () -> addTensor(in, found)));
    return found;
  }

  private interface Step {
    void run() throws IOException;
  }

  /** Calls a step inside each message of a field. */
  private static void walk(CodedInputStream in, int field, Step step) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == field) {
        int limit = in.pushLimit(in.readRawVarint32());
        step.run();
        in.popLimit(limit);
      } else {
        in.skipField(tag);
      }
    }
  }

  private static void addTensor(CodedInputStream in, List<Weights> found) throws IOException {
    String name = "";
    int type = 0;
    int from = 0;
    int bytes = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 2 -> type = in.readInt32();
        case 8 -> name = in.readString();
        case 9 -> {
          bytes = in.readRawVarint32();
          from = in.getTotalBytesRead();
          in.skipRawBytes(bytes);
        }
        default -> in.skipField(tag);
      }
    }
    boolean isWeight = (type == UINT8 || type == INT8) && bytes >= LEAST_BYTES;
    if (isWeight && !name.contains("embeddings")) {
      found.add(new Weights(name, from, bytes));
    }
  }
}
