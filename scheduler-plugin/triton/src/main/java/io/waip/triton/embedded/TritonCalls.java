package io.waip.triton.embedded;

import static org.bytedeco.tritonserver.global.tritonserver.TRITONSERVER_ErrorCode;
import static org.bytedeco.tritonserver.global.tritonserver.TRITONSERVER_ErrorDelete;
import static org.bytedeco.tritonserver.global.tritonserver.TRITONSERVER_ErrorMessage;
import static org.bytedeco.tritonserver.global.tritonserver.TRITONSERVER_MessageDelete;
import static org.bytedeco.tritonserver.global.tritonserver.TRITONSERVER_MessageSerializeToJson;

import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_Error;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_Message;
import org.jspecify.annotations.Nullable;

/** What every call to Triton's C API needs: errors to exceptions, messages to text. */
final class TritonCalls {
  private TritonCalls() {}

  /**
   * Takes over an error: null means success.
   *
   * @throws TritonException with the error's status and message; the error is freed
   */
  static void check(@Nullable TRITONSERVER_Error error) {
    if (error != null) {
      TritonException thrown = new TritonException(statusOf(error), messageOf(error));
      TRITONSERVER_ErrorDelete(error);
      throw thrown;
    }
  }

  /** Frees the error of a call whose failure changes nothing. */
  static void ignore(@Nullable TRITONSERVER_Error error) {
    if (error != null) {
      TRITONSERVER_ErrorDelete(error);
    }
  }

  static TritonStatus statusOf(TRITONSERVER_Error error) {
    return TritonStatus.ofCode(TRITONSERVER_ErrorCode(error));
  }

  static String messageOf(TRITONSERVER_Error error) {
    return String.valueOf(TRITONSERVER_ErrorMessage(error));
  }

  /** A call that hands out a message. */
  interface MessageCall {
    @Nullable TRITONSERVER_Error into(TRITONSERVER_Message message);
  }

  /** Returns the JSON text of the message a call hands out. */
  static String json(MessageCall call) {
    TRITONSERVER_Message message = new TRITONSERVER_Message(null);
    check(call.into(message));
    try (PointerPointer<BytePointer> base = new PointerPointer<>(1);
        SizeTPointer size = new SizeTPointer(1)) {
      check(TRITONSERVER_MessageSerializeToJson(message, base, size));
      return text(base, size.get());
    } finally {
      ignore(TRITONSERVER_MessageDelete(message));
    }
  }

  static String text(PointerPointer<BytePointer> base, long bytes) {
    byte[] copy = new byte[Math.toIntExact(bytes)];
    base.get(BytePointer.class, 0).get(copy);
    return new String(copy, StandardCharsets.UTF_8);
  }
}
