package io.waip.triton.embedded;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests for one model to an {@link EmbeddedServer}, without a network and without a thread
 * of its own.
 *
 * <p>A request is an {@link InferenceCall}: {@link #tryAcquire()}, fill, {@link
 * InferenceCall#submit}, read, {@link InferenceCall#close()}. Calls are pooled with their input and
 * output memory, at most {@code maxInFlight}. Triton's own request object is made anew for each
 * request, because it holds on to the model as it was when it was made: a kept one would go on
 * being answered by a model that has been unloaded.
 *
 * <p>Threading: any thread. Completions come on Triton's threads and must not block them.
 */
public final class InferenceClient implements AutoCloseable {
  /** Most calls of one client; each holds some hundred bytes off the heap and its tensors. */
  public static final int MAX_IN_FLIGHT = 65_536;

  private final EmbeddedServer server;
  private final CallSignature signature;
  private final int maxInFlight;
  private final ConcurrentLinkedQueue<InferenceCall> free = new ConcurrentLinkedQueue<>();
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Makes a client. The model need not be loaded yet.
   *
   * @param inputs names and types of the inputs that requests may carry
   * @param outputs names of the outputs to be returned
   * @param maxInFlight calls that exist at once, {@code [1, MAX_IN_FLIGHT]}
   */
  public InferenceClient(
      EmbeddedServer server,
      String model,
      List<TensorSpec> inputs,
      List<String> outputs,
      int maxInFlight) {
    if (maxInFlight < 1 || maxInFlight > MAX_IN_FLIGHT) {
      throw new IllegalArgumentException(
          "maxInFlight is %d; allowed are 1 to %d".formatted(maxInFlight, MAX_IN_FLIGHT));
    }
    this.server = server;
    this.signature = new CallSignature(model, inputs, outputs);
    this.maxInFlight = maxInFlight;
  }

  /**
   * Takes a call out of the pool; null when {@code maxInFlight} are taken. The taker closes it.
   *
   * @throws IllegalStateException if the client is closed
   */
  public @Nullable InferenceCall tryAcquire() {
    if (closed.get()) {
      throw new IllegalStateException("the client is closed");
    }
    InferenceCall call = free.poll();
    if (call == null) {
      if (made.incrementAndGet() > maxInFlight) {
        made.decrementAndGet();
        return null;
      }
      call = new InferenceCall(server, this, signature);
    }
    call.reset();
    return call;
  }

  /**
   * Sends one request and copies its answer out. Cancelling the future cancels the request.
   *
   * @param filling writes inputs and parameters into the call; must not submit or close it
   * @return completes on a Triton thread: with the outputs, or exceptionally with a {@link
   *     TritonException}. UNAVAILABLE if {@code maxInFlight} calls are taken
   */
  public CompletableFuture<InferenceResult> infer(Consumer<InferenceCall> filling) {
    InferenceCall call = tryAcquire();
    if (call == null) {
      return CompletableFuture.failedFuture(
          new TritonException(
              TritonStatus.UNAVAILABLE, maxInFlight + " requests are in flight already"));
    }
    try {
      filling.accept(call);
      ResultFuture future = new ResultFuture(call);
      call.submit(future);
      return future;
    } catch (RuntimeException | Error e) {
      // Thrown before anything was sent.
      call.close();
      throw e;
    }
  }

  /** Returns the calls that exist, free or taken. */
  public int pooledCalls() {
    return made.get();
  }

  /**
   * Frees the calls. Those still taken are freed when they are closed, so that requests in flight
   * end as usual. A second call does nothing.
   */
  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      drain();
      signature.release();
    }
  }

  void giveBack(InferenceCall call) {
    free.add(call);
    if (closed.get()) {
      drain();
    }
  }

  private void drain() {
    for (InferenceCall call = free.poll(); call != null; call = free.poll()) {
      made.decrementAndGet();
      call.free();
    }
  }

  /** A future that owns its call until the answer is copied. */
  private static final class ResultFuture extends CompletableFuture<InferenceResult>
      implements Consumer<InferenceCall> {
    private final InferenceCall call;
    private final long generation;

    ResultFuture(InferenceCall call) {
      this.call = call;
      this.generation = call.generation();
    }

    @Override
    public void accept(InferenceCall done) {
      InferenceResult result = null;
      Throwable failure = null;
      try {
        result = InferenceResult.of(done);
      } catch (TritonException | OutOfMemoryError e) {
        failure = e;
      } finally {
        done.close();
      }
      if (failure == null) {
        complete(result);
      } else {
        completeExceptionally(failure);
      }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      call.cancel(generation);
      return super.cancel(mayInterruptIfRunning);
    }
  }
}
