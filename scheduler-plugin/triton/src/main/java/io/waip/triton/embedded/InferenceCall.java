package io.waip.triton.embedded;

import static io.waip.triton.embedded.TritonCalls.check;
import static io.waip.triton.embedded.TritonCalls.ignore;
import static io.waip.triton.embedded.TritonCalls.messageOf;
import static io.waip.triton.embedded.TritonCalls.statusOf;
import static org.bytedeco.tritonserver.global.tritonserver.*;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_Error;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_InferenceRequest;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_InferenceResponse;
import org.jspecify.annotations.Nullable;

/**
 * One request to a model, with the memory of its inputs and outputs: filled, submitted, read when
 * it has completed, then closed, which gives it back to its client.
 *
 * <p>One thread at a time; a call is handed on by {@link #submit} and by its completion. Only
 * {@link #cancel()} may come from any thread while the request is in flight.
 *
 * <p>Of the responses of a decoupled model only the last one can be read.
 */
public final class InferenceCall implements AutoCloseable {
  /** Two things have to be over before a call may be reused: the last response, the release. */
  private static final int ENDS = 2;

  private final EmbeddedServer server;
  private final InferenceClient client;
  private final CallSignature signature;
  private final int id;
  private final Pointer idPointer;
  private final List<CallInput> inputs;
  private final List<CallOutput> outputs;
  private final ResponseReader reader = new ResponseReader();
  private final IntPointer outputCount = new IntPointer(1L);
  private final RequestOptions options = new RequestOptions();
  // Null while Triton has no request of this call. Guarded by this.
  private final TRITONSERVER_InferenceRequest request = new TRITONSERVER_InferenceRequest(null);
  private final AtomicInteger ends = new AtomicInteger();

  private long generation;
  private boolean taken;
  private TritonStatus status = TritonStatus.OK;
  private String message = "";
  private @Nullable Consumer<InferenceCall> completion;

  InferenceCall(EmbeddedServer server, InferenceClient client, CallSignature signature) {
    this.server = server;
    this.client = client;
    this.signature = signature;
    signature.retain();
    this.id = CallTable.add(this);
    this.idPointer = new NumberPointer(id);
    this.inputs = signature.inputs.stream().map(CallInput::new).toList();
    this.outputs = signature.outputs.stream().map(CallOutput::new).toList();
  }

  /** A pointer that is a number and points nowhere. */
  private static final class NumberPointer extends Pointer {
    NumberPointer(long number) {
      address = number;
    }
  }

  // ---- Filling ----------------------------------------------------------------------------------

  /**
   * Returns memory of this call for an input: position 0, limit the size of the shape, to be
   * written row-major in native order before the call is submitted. Allocates nothing once the
   * memory has grown to the largest size asked for.
   *
   * @param input index in the client's inputs
   * @param shape axes with the batch axis, 1 to 8
   * @throws IllegalArgumentException if the shape is not allowed, or the type is BYTES
   */
  public ByteBuffer write(int input, long... shape) {
    CallInput target = inputs.get(input);
    return target.write(target.sizeOf(shape), shape);
  }

  /** As {@link #write}, for a size in bytes that the shape does not say: elements of BYTES. */
  public ByteBuffer writeBytes(int input, int bytes, long... shape) {
    return inputs.get(input).write(bytes, shape);
  }

  /**
   * Uses the sender's memory for an input, without a copy.
   *
   * @param direct the bytes from position to limit; must not change until the call has completed
   */
  public void use(int input, ByteBuffer direct, long... shape) {
    inputs.get(input).use(direct, shape);
  }

  /** Returns the request's id, parameters, priority and time-out, to be set. */
  public RequestOptions options() {
    return options;
  }

  // ---- Sending ----------------------------------------------------------------------------------

  /**
   * Sends the request. The completion comes exactly once, on a Triton thread or, when Triton
   * refuses the request at once, on this one; it must not block and should not throw. From then on
   * the call belongs to it.
   *
   * @throws IllegalStateException if the server is closed; the call still belongs to the caller
   */
  public void submit(Consumer<InferenceCall> whenDone) {
    if (!taken) {
      throw new IllegalStateException("the call was closed");
    }
    server.gate().enter();
    try {
      completion = whenDone;
      // Set first: the answer may come before the next line runs.
      ends.set(ENDS);
      TRITONSERVER_Error refusal = send();
      if (refusal != null) {
        refuse(refusal);
      }
    } finally {
      server.gate().leave();
    }
  }

  private @Nullable TRITONSERVER_Error send() {
    TRITONSERVER_Error error;
    // Not around the send: Triton's threads wait for this lock when they release the request.
    synchronized (this) {
      error = TRITONSERVER_InferenceRequestNew(request, server.pointer(), signature.modelName, -1);
    }
    if (error == null) {
      error = fill();
    }
    return error == null ? TRITONSERVER_ServerInferAsync(server.pointer(), request, null) : error;
  }

  private @Nullable TRITONSERVER_Error fill() {
    TRITONSERVER_Error error =
        TRITONSERVER_InferenceRequestSetReleaseCallback(
            request, ClientCallbacks.RELEASED, idPointer);
    if (error == null) {
      error =
          TRITONSERVER_InferenceRequestSetResponseCallback(
              request, ClientCallbacks.ALLOCATOR, idPointer, ClientCallbacks.RESPONDED, idPointer);
    }
    for (int i = 0; error == null && i < inputs.size(); i++) {
      error = inputs.get(i).isPresent() ? addInput(i) : null;
    }
    for (int i = 0; error == null && i < outputs.size(); i++) {
      error =
          TRITONSERVER_InferenceRequestAddRequestedOutput(request, signature.outputNames.get(i));
    }
    return error == null ? options.applyTo(request) : error;
  }

  private @Nullable TRITONSERVER_Error addInput(int index) {
    CallInput input = inputs.get(index);
    var name = signature.inputNames.get(index);
    TRITONSERVER_Error error =
        TRITONSERVER_InferenceRequestAddInput(
            request, name, input.spec.type().code(), input.shape(), input.rank());
    return error == null
        ? TRITONSERVER_InferenceRequestAppendInputData(
            request, name, input.data(), input.bytes(), TRITONSERVER_MEMORY_CPU, 0)
        : error;
  }

  private void refuse(TRITONSERVER_Error refusal) {
    status = statusOf(refusal);
    message = messageOf(refusal);
    TRITONSERVER_ErrorDelete(refusal);
    deleteRequest();
    ends.set(0);
    complete();
  }

  /**
   * Asks Triton to give the request up; it then ends as {@link TritonStatus#CANCELLED}, unless it
   * was answered before or its backend does not look. Does nothing when nothing is in flight.
   */
  public void cancel() {
    synchronized (this) {
      if (!request.isNull()) {
        ignore(TRITONSERVER_InferenceRequestCancel(request));
      }
    }
  }

  /** Cancels if the call is still used for the request of this generation. */
  void cancel(long expected) {
    synchronized (this) {
      if (generation == expected) {
        cancel();
      }
    }
  }

  // ---- Triton's side ----------------------------------------------------------------------------

  /** Gives memory for an output; on a Triton thread. */
  Pointer reserve(String name, long bytes) {
    ends.get(); // Sees all that submit wrote.
    return output(name).reserve(bytes);
  }

  private CallOutput output(String name) {
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i).name().equals(name)) {
        return outputs.get(i);
      }
    }
    throw new IllegalStateException("Triton answered with output " + name + ", not asked for");
  }

  /** Takes a response over; on a Triton thread. */
  void responded(@Nullable TRITONSERVER_InferenceResponse response, int flags) {
    ends.get(); // Sees all that submit wrote.
    try {
      if (response != null) {
        read(response);
      }
    } catch (RuntimeException e) {
      status = TritonStatus.INTERNAL;
      message = "the response cannot be read: " + e.getMessage();
    } finally {
      if ((flags & TRITONSERVER_RESPONSE_COMPLETE_FINAL) != 0) {
        end();
      }
    }
  }

  private void read(TRITONSERVER_InferenceResponse response) {
    try {
      // Owned by the response.
      TRITONSERVER_Error error = TRITONSERVER_InferenceResponseError(response);
      if (error == null) {
        check(TRITONSERVER_InferenceResponseOutputCount(response, outputCount));
        int count = outputCount.get();
        for (int i = 0; i < count; i++) {
          reader.read(response, i);
          reader.copyTo(outputs.size() == 1 ? outputs.get(0) : output(reader.name()));
        }
      } else {
        status = statusOf(error);
        message = messageOf(error);
      }
    } finally {
      ignore(TRITONSERVER_InferenceResponseDelete(response));
    }
  }

  /** Triton is done with the request's inputs; on a Triton thread. */
  void released() {
    deleteRequest();
    end();
  }

  private void deleteRequest() {
    synchronized (this) {
      if (!request.isNull()) {
        ignore(TRITONSERVER_InferenceRequestDelete(request));
        request.setNull();
      }
    }
  }

  private void end() {
    if (ends.decrementAndGet() == 0) {
      complete();
    }
  }

  private void complete() {
    Consumer<InferenceCall> whenDone = completion;
    completion = null;
    if (whenDone != null) {
      try {
        whenDone.accept(this);
      } catch (Throwable fault) {
        ClientCallbacks.report(fault);
      }
    }
  }

  // ---- Reading ----------------------------------------------------------------------------------

  /** Returns how the request ended. */
  public TritonStatus status() {
    return status;
  }

  /** Returns Triton's words for a status that is not OK; empty otherwise. */
  public String message() {
    return message;
  }

  /** Returns the outputs in the client's order, present or not. */
  public List<CallOutput> outputs() {
    return outputs;
  }

  /** Returns one output by its index in the client's outputs. */
  public CallOutput output(int index) {
    return outputs.get(index);
  }

  /**
   * Gives the call back; it must not be used afterwards. A second call does nothing.
   *
   * @throws IllegalStateException if the request is in flight
   */
  @Override
  public void close() {
    if (ends.get() != 0) {
      throw new IllegalStateException("the request is in flight");
    }
    if (taken) {
      taken = false;
      client.giveBack(this);
    }
  }

  // ---- The client's side ------------------------------------------------------------------------

  void reset() {
    synchronized (this) {
      generation++;
    }
    taken = true;
    status = TritonStatus.OK;
    message = "";
    options.clear();
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).clear();
    }
    for (int i = 0; i < outputs.size(); i++) {
      outputs.get(i).clear();
    }
  }

  long generation() {
    synchronized (this) {
      return generation;
    }
  }

  void free() {
    CallTable.remove(id);
    inputs.forEach(CallInput::free);
    outputs.forEach(CallOutput::free);
    reader.free();
    outputCount.close();
    signature.release();
  }
}
