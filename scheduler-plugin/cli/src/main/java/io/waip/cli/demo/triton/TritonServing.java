package io.waip.cli.demo.triton;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.cli.demo.load.ExecutionLog;
import io.waip.cli.demo.load.Serving;
import io.waip.cli.demo.load.TextLoad;
import io.waip.triton.embedded.CallOutput;
import io.waip.triton.embedded.InferenceCall;
import io.waip.triton.embedded.InferenceClient;
import java.nio.LongBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Sends texts to one model of the embedded server. */
final class TritonServing implements Serving {
  /** Longest wait at the end for answers to requests that were withdrawn. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long LOOK_NANOS = 5_000_000;

  private final InferenceClient client;
  private final RequestForm form;
  private final List<String> variants;
  private final ExecutionLog executions;
  private final Surroundings around;
  private volatile long forwarded;
  private final Set<InferenceCall> open = ConcurrentHashMap.newKeySet();
  private final Map<String, LongAdder> problems = new ConcurrentHashMap<>();
  private volatile boolean withdrawing;

  /**
   * Makes a sender.
   *
   * @param client of the model; closed with this
   * @param executions filled while it serves
   */
  TritonServing(
      InferenceClient client,
      RequestForm form,
      List<String> variants,
      ExecutionLog executions,
      Surroundings around) {
    this.client = client;
    this.form = form;
    this.variants = List.copyOf(variants);
    this.executions = executions;
    this.around = around;
  }

  @Override
  public List<String> variants() {
    return variants;
  }

  @Override
  public void send(TextLoad load, int request, Replies replies) {
    InferenceCall call = client.tryAcquire();
    if (call == null) {
      replies.ended(request, Reply.without(Outcome.REJECTED, Reason.QUEUE_FULL));
      return;
    }
    form.fill(call, load, request);
    open.add(call);
    call.submit(done -> {
      open.remove(done);
      Reply reply = reply(done);
      if (reply.outcome() == Outcome.FAILED) {
        problems
            .computeIfAbsent(done.status() + ": " + done.message(), text -> new LongAdder())
            .increment();
      }
      done.close();
      replies.ended(request, reply);
    });
  }

  private Reply reply(InferenceCall call) {
    return switch (call.status()) {
      case OK -> answer(call.outputs().getFirst());
      case CANCELLED ->
          Reply.without(withdrawing ? Outcome.CANCELLED : Outcome.FAILED, Reason.CLIENT);
      case UNAVAILABLE -> Refusals.parse(call.message());
      default -> Reply.without(Outcome.FAILED, Reason.EXECUTION_ERROR);
    };
  }

  private static Reply answer(CallOutput output) {
    return new Reply(Outcome.COMPLETED, Reason.NONE, output.floats(), (int) output.shape()[1]);
  }

  @Override
  public int open() {
    return open.size();
  }

  @Override
  public void cancelOpen() {
    withdrawing = true;
    open.forEach(InferenceCall::cancel);
  }

  @Override
  public long forwarded() {
    return forwarded;
  }

  @Override
  public List<String> problems() {
    return problems.entrySet().stream()
        .map(problem -> problem.getValue() + " x " + problem.getKey())
        .sorted()
        .toList();
  }

  @Override
  public ExecutionLog executions() {
    return executions;
  }

  @Override
  public void close() {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!open.isEmpty() && System.nanoTime() < until) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    client.close();
    forwarded = around.forwarded();
    around.end();
  }

  /** What a run needs of the server. */
  interface Surroundings {
    /** Returns the requests of the run that passed the planner by. */
    long forwarded();

    /** Called once, after every request has ended. */
    void end();
  }

  /** How a text becomes a request. */
  interface RequestForm {
    /** Writes inputs and options. */
    void fill(InferenceCall call, TextLoad load, int request);
  }

  /** Writes token ids and their mask, both padded with 0 to a length. */
  static void write(InferenceCall call, long[] ids, int length) {
    LongBuffer tokens = call.write(0, 1, length).asLongBuffer();
    LongBuffer mask = call.write(1, 1, length).asLongBuffer();
    for (int i = 0; i < length; i++) {
      tokens.put(i < ids.length ? ids[i] : 0);
      mask.put(i < ids.length ? 1 : 0);
    }
  }
}
