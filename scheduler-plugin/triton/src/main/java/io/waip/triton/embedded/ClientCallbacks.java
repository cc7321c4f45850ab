package io.waip.triton.embedded;

import static io.waip.triton.embedded.TritonCalls.check;
import static org.bytedeco.tritonserver.global.tritonserver.TRITONSERVER_ERROR_INTERNAL;
import static org.bytedeco.tritonserver.global.tritonserver.TRITONSERVER_ErrorNew;
import static org.bytedeco.tritonserver.global.tritonserver.TRITONSERVER_ResponseAllocatorNew;

import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_Error;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_InferenceRequest;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_InferenceRequestReleaseFn_t;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_InferenceResponse;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_InferenceResponseCompleteFn_t;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_ResponseAllocator;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_ResponseAllocatorAllocFn_t;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_ResponseAllocatorReleaseFn_t;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_ResponseAllocatorStartFn_t;
import org.jspecify.annotations.Nullable;

/**
 * What Triton calls back, on its own threads, for every request of every client.
 *
 * <p>One set for the process, never freed: JavaCPP has room for ten callback objects of a type. No
 * exception leaves a callback, as it would cross Triton's frames and end the process: a fault of
 * ours goes to the thread's uncaught-exception handler, a failed allocation also becomes Triton's
 * error. JavaCPP makes one short-lived object for each pointer a callback gets; they need no
 * freeing, as Triton owns what they point at.
 */
final class ClientCallbacks {
  static final Released RELEASED = new Released();
  static final Responded RESPONDED = new Responded();
  static final TRITONSERVER_ResponseAllocator ALLOCATOR = newAllocator();

  private ClientCallbacks() {}

  private static TRITONSERVER_ResponseAllocator newAllocator() {
    TRITONSERVER_ResponseAllocator allocator = new TRITONSERVER_ResponseAllocator(null);
    check(TRITONSERVER_ResponseAllocatorNew(allocator, Allocation.ONE, Freeing.ONE, NO_START));
    return allocator;
  }

  private static final @Nullable TRITONSERVER_ResponseAllocatorStartFn_t NO_START = null;

  /** Hands a fault to the handler of uncaught exceptions, as nobody above can take it. */
  static void report(Throwable fault) {
    try {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
    } catch (Throwable ignored) {
      // The handler itself failed; the process goes on.
    }
  }

  /** An output needs memory: the call's own. */
  private static final class Allocation extends TRITONSERVER_ResponseAllocatorAllocFn_t {
    static final Allocation ONE = new Allocation();

    @Override
    @SuppressWarnings("rawtypes") // JavaCPP's signature
    public @Nullable TRITONSERVER_Error call(
        TRITONSERVER_ResponseAllocator allocator,
        String name,
        long bytes,
        int memoryType,
        long memoryId,
        Pointer id,
        PointerPointer buffer,
        PointerPointer bufferUser,
        IntPointer actualType,
        LongPointer actualId) {
      try {
        buffer.put(0, bytes == 0 ? null : CallTable.get(id.address()).reserve(name, bytes));
        bufferUser.put(0, null);
        actualType.put(0, 0);
        actualId.put(0, 0);
        return null;
      } catch (Throwable fault) {
        report(fault);
        return TRITONSERVER_ErrorNew(TRITONSERVER_ERROR_INTERNAL, "no memory for output " + name);
      }
    }
  }

  /** An output's memory is no longer used by Triton; the call keeps it. */
  private static final class Freeing extends TRITONSERVER_ResponseAllocatorReleaseFn_t {
    static final Freeing ONE = new Freeing();

    @Override
    public @Nullable TRITONSERVER_Error call(
        TRITONSERVER_ResponseAllocator allocator,
        Pointer buffer,
        Pointer bufferUser,
        long bytes,
        int memoryType,
        long memoryId) {
      return null;
    }
  }

  /** A response, or the news that there will be none. */
  static final class Responded extends TRITONSERVER_InferenceResponseCompleteFn_t {
    @Override
    public void call(@Nullable TRITONSERVER_InferenceResponse response, int flags, Pointer id) {
      try {
        CallTable.get(id.address()).responded(response, flags);
      } catch (Throwable fault) {
        report(fault);
      }
    }
  }

  /** Triton no longer uses a request nor its inputs. */
  static final class Released extends TRITONSERVER_InferenceRequestReleaseFn_t {
    @Override
    public void call(TRITONSERVER_InferenceRequest request, int flags, Pointer id) {
      try {
        CallTable.get(id.address()).released();
      } catch (Throwable fault) {
        report(fault);
      }
    }
  }
}
