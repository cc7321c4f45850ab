package io.waip.triton.embedded;

import static io.waip.triton.embedded.TritonCalls.check;
import static org.bytedeco.tritonserver.global.tritonserver.TRITONSERVER_InferenceResponseOutput;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_InferenceResponse;

/** The places Triton writes an output's properties to; kept from response to response. */
final class ResponseReader {
  private final PointerPointer<BytePointer> name = new PointerPointer<>(1);
  private final IntPointer type = new IntPointer(1L);
  private final PointerPointer<LongPointer> shape = new PointerPointer<>(1);
  private final LongPointer rank = new LongPointer(1L);
  private final PointerPointer<Pointer> base = new PointerPointer<>(1);
  private final SizeTPointer bytes = new SizeTPointer(1);
  private final IntPointer memoryType = new IntPointer(1L);
  private final LongPointer memoryId = new LongPointer(1L);
  private final PointerPointer<Pointer> user = new PointerPointer<>(1);

  /** Reads the properties of one output of a response. */
  void read(TRITONSERVER_InferenceResponse response, int index) {
    check(
        TRITONSERVER_InferenceResponseOutput(
            response, index, name, type, shape, rank, base, bytes, memoryType, memoryId, user));
  }

  String name() {
    return name.get(BytePointer.class, 0).getString();
  }

  void copyTo(CallOutput output) {
    LongPointer dims = shape.get(LongPointer.class, 0);
    long[] copy = new long[Math.toIntExact(rank.get())];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = dims.get(i);
    }
    output.set(TensorType.ofCode(type.get()), copy, bytes.get());
  }

  void free() {
    name.close();
    type.close();
    shape.close();
    rank.close();
    base.close();
    bytes.close();
    memoryType.close();
    memoryId.close();
    user.close();
  }
}
