package io.waip.onnxruntime;

import io.waip.api.Outcome;
import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.onnxruntime.agreement.ShadowDesk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A service of one or more model variants on ONNX Runtime, planned: requests are batched, routed to
 * a variant and answered within their deadline, or refused early.
 *
 * <p>Any thread may submit. Every request that {@link #submit} takes ends in exactly one {@link
 * Answer}; a request that is wrong in itself is refused with an exception instead. Continuations of
 * the futures run on one reply thread and must not block it.
 */
public final class PlannedSession implements AutoCloseable {
  private final LoadedModels models;
  private final boolean ownsModels;
  private final @Nullable ShadowDesk agreement;
  private final Deployment deployment;
  private final LatencyModel latencyModel;
  private final List<CostPoint> costPoints;
  private final Ingress ingress;
  private final EngineLoop loop;
  private final LongSupplier clock;
  private final Duration drain;

  /** The parts a builder made. */
  record Parts(
      LoadedModels models, boolean ownsModels, Planning planning, Ingress ingress, Drive drive) {}

  /** What is planned, and by which costs. */
  record Planning(Deployment deployment, LatencyModel latencyModel, List<CostPoint> costPoints) {}

  /** What moves it. */
  record Drive(
      EngineLoop loop, @Nullable ShadowDesk agreement, LongSupplier clock, Duration drain) {}

  PlannedSession(Parts parts) {
    models = parts.models();
    ownsModels = parts.ownsModels();
    agreement = parts.drive().agreement();
    deployment = parts.planning().deployment();
    latencyModel = parts.planning().latencyModel();
    costPoints = parts.planning().costPoints();
    ingress = parts.ingress();
    loop = parts.drive().loop();
    clock = parts.drive().clock();
    drain = parts.drive().drain();
    loop.start();
  }

  /** Starts the description of a session. */
  public static PlannedSessionBuilder builder() {
    return new PlannedSessionBuilder();
  }

  /**
   * Hands over a request.
   *
   * @return the answer to come, never exceptional; cancelling it withdraws the request
   * @throws IllegalArgumentException if the request is wrong in itself: an unknown, missing, empty
   *     or over-long input, a wrong type or shape, a number that is not finite, an unknown tenant,
   *     or a deadline that has passed; nothing was queued then
   */
  public CompletableFuture<Answer> submit(SessionRequest request) {
    Submission submission = ingress.accept(request, clock.getAsLong());
    loop.submit(submission);
    return submission.future;
  }

  /**
   * Hands over several requests; they need not share a batch.
   *
   * @return the answers to come, in order
   * @throws IllegalArgumentException if there is no request or one is wrong in itself; nothing was
   *     queued then
   */
  public List<CompletableFuture<Answer>> submitAll(List<SessionRequest> requests) {
    if (requests.isEmpty()) {
      throw new IllegalArgumentException("the batch is empty; it needs at least one request");
    }
    long nowNanos = clock.getAsLong();
    List<Submission> accepted =
        requests.stream().map(request -> ingress.accept(request, nowNanos)).toList();
    accepted.forEach(loop::submit);
    return accepted.stream()
        .<CompletableFuture<Answer>>map(submission -> submission.future)
        .toList();
  }

  /**
   * Hands over a request and waits for its answer.
   *
   * @throws IllegalArgumentException as {@link #submit} says
   * @throws InterruptedException if the calling thread is interrupted; the request is withdrawn
   */
  public Answer call(SessionRequest request) throws InterruptedException {
    Future<Answer> answer = submit(request);
    try {
      return answer.get();
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("an answer is never exceptional", e);
    }
  }

  /** Returns the state of every configured variant, in order. */
  public List<VariantStatus> variants() {
    return models.statuses();
  }

  /** Returns what the scheduler was told to serve; only variants that could be loaded. */
  public Deployment deployment() {
    return deployment;
  }

  /** Returns the execution times the plan is based on. */
  public LatencyModel latencyModel() {
    return latencyModel;
  }

  /** Returns what was measured at the start; empty if a model was given. */
  public List<CostPoint> costPoints() {
    return costPoints;
  }

  /** Returns where the variants are compared with the reference; empty where they are not. */
  public Optional<ShadowDesk> agreement() {
    return Optional.ofNullable(agreement);
  }

  /** Returns how many requests have ended so. */
  public long count(Outcome outcome) {
    return loop.count(outcome);
  }

  /** Returns the number of requests taken and not yet answered. */
  public int open() {
    return loop.open();
  }

  /**
   * Refuses new requests, serves those queued within the drain time, evicts the rest, waits for
   * running batches and ends the threads. Every request taken has its answer afterwards.
   */
  @Override
  public void close() {
    loop.drainWithin(drain.toNanos());
    loop.close();
    if (agreement != null) {
      agreement.close();
    }
    if (ownsModels) {
      models.close();
    }
  }
}
