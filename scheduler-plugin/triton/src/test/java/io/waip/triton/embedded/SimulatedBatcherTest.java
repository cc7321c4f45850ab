package io.waip.triton.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Outcome;
import io.waip.api.Tier;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.arrivals.Arrivals;
import io.waip.replay.drive.ExecutionTimes;
import io.waip.replay.drive.RunLog;
import io.waip.replay.drive.VirtualTimeDriver;
import io.waip.replay.dynamic.DynamicBatcher;
import io.waip.replay.dynamic.DynamicBatcherSettings;
import io.waip.replay.dynamic.ShapeRule;
import io.waip.replay.trace.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The replay's dynamic batcher against Triton's own, in the real core, on the same arrivals: a
 * batch of any size sleeps some 20 ms, so that a slow machine changes little. Where batches are not
 * formed ahead, how often Triton's batching thread hears the end of an execution depends on the
 * machine: Triton lies between hearing all and hearing none.
 */
@ExtendWith(TritonCore.class)
@Timeout(120)
class SimulatedBatcherTest {
  private static final long MS = 1_000_000;
  private static final long EXECUTION_NANOS = 20 * MS;
  private static final long SLO_NANOS = 70 * MS;
  private static final int REQUESTS = 600;
  private static final Pattern COMPUTE =
      Pattern.compile("\"compute_infer\":\\{\"count\":(\\d+),\"ns\":(\\d+)");
  private static final Pattern EXECUTIONS = Pattern.compile("\"execution_count\":(\\d+)");

  /**
   * Settings of both, and how fast requests come.
   *
   * @param tolerance on the shares answered in time and refused
   */
  record Case(
      String name,
      double rate,
      DynamicBatcherSettings simulated,
      DynamicBatching real,
      double tolerance) {
    @Override
    public String toString() {
      return name;
    }
  }

  private record Served(Figures figures, long executionNanos) {}

  /** What became of the requests: shares of all, and requests per execution. */
  private record Figures(double inTime, double refused, double meanBatch) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "in time %.3f, refused %.3f, mean batch %.2f", inTime, refused, meanBatch);
    }
  }

  private static DynamicBatcherSettings simulated(int maxBatch, long delayMs) {
    return DynamicBatcherSettings.of(0, maxBatch, delayMs * MS, ShapeRule.EQUAL)
        .withOneQueue(io.waip.replay.dynamic.QueuePolicy.UNLIMITED);
  }

  private static List<Case> cases() {
    DynamicBatching stock = DynamicBatching.STOCK;
    var sixteen = new io.waip.replay.dynamic.QueuePolicy(0, 16);
    var impatient = new io.waip.replay.dynamic.QueuePolicy(30 * MS, 0);
    return List.of(
        new Case("stock", 300, simulated(16, 0), stock, 0.05),
        new Case("small batches, overloaded", 150, simulated(2, 0), stock, 0.05),
        new Case(
            "a delay and preferred sizes",
            200,
            simulated(16, 10).withPreferred(List.of(4, 8)),
            stock.withMaxQueueDelay(Duration.ofMillis(10)).withPreferredSizes(List.of(4, 8)),
            0.05),
        new Case(
            "a short queue",
            400,
            simulated(4, 0).withOneQueue(sixteen),
            stock.withQueue(new QueuePolicy(Duration.ZERO, 16)),
            0.1),
        new Case(
            "a queue timeout",
            300,
            simulated(4, 0).withOneQueue(impatient),
            stock.withQueue(new QueuePolicy(Duration.ofMillis(30), 0)),
            0.1));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void servesAsManyInBatchesOfTheSameSize(Case asked) {
    Workload workload = workload(asked.rate());
    Served served = serve(workload, asked);
    Figures real = served.figures();
    Figures heard = simulate(workload, asked.simulated(), served.executionNanos(), true);
    Figures unheard = simulate(workload, asked.simulated(), served.executionNanos(), false);
    System.out.println(
        asked + ": Triton " + real + "; every end heard " + heard + "; none " + unheard);

    double tolerance = asked.tolerance();
    assertBetween(heard.inTime(), unheard.inTime(), real.inTime(), tolerance);
    assertBetween(heard.refused(), unheard.refused(), real.refused(), tolerance);
    assertBetween(
        heard.meanBatch(), unheard.meanBatch(), real.meanBatch(), 0.15 * real.meanBatch());
  }

  private static void assertBetween(double one, double other, double found, double tolerance) {
    assertThat(found).isBetween(Math.min(one, other) - tolerance, Math.max(one, other) + tolerance);
  }

  @Test
  void whereBatchesAreFormedAheadNothingDependsOnWhatIsHeard() {
    Case stock = cases().getFirst();
    Workload workload = workload(stock.rate());
    assertThat(simulate(workload, stock.simulated(), EXECUTION_NANOS, true))
        .isEqualTo(simulate(workload, stock.simulated(), EXECUTION_NANOS, false));
  }

  @Test
  void theCasesDiffer() {
    List<Figures> figures =
        cases().stream()
            .map(c -> simulate(workload(c.rate()), c.simulated(), EXECUTION_NANOS, true))
            .toList();

    assertThat(figures).anyMatch(f -> f.inTime() > 0.95).anyMatch(f -> f.inTime() < 0.2);
    assertThat(figures).anyMatch(f -> f.refused() > 0.2).anyMatch(f -> f.refused() == 0);
    assertThat(figures).anyMatch(f -> f.meanBatch() > 4).anyMatch(f -> f.meanBatch() < 2.5);
  }

  private static Workload workload(double rate) {
    long[] arrivals = Arrivals.generate(new ArrivalSpec.Poisson(), REQUESTS, rate, 3);
    Workload.Builder builder = new Workload.Builder(Arrivals.windowNanos(arrivals));
    for (long arrival : arrivals) {
      builder.add(arrival, 1, Tier.INTERACTIVE, 0, arrival + SLO_NANOS);
    }
    return builder.build();
  }

  private static Figures simulate(
      Workload workload, DynamicBatcherSettings settings, long nanos, boolean isEndHeard) {
    Deployment deployment =
        new Deployment(
            List.of(
                new Service(
                    "echo",
                    Objective.interactive(Duration.ofNanos(SLO_NANOS)),
                    false,
                    List.of(new Variant("echo", 1, settings.maxBatch(), 1)))),
            List.of(Tenant.unlimited("default")),
            List.of(Endpoint.worker("cpu")));
    RunLog log =
        VirtualTimeDriver.run(
            workload,
            new DynamicBatcher(deployment, settings, () -> isEndHeard),
            new ExecutionTimes((_, _, _) -> nanos, 0, 1));
    long ran = log.count(Outcome.COMPLETED) + log.count(Outcome.LATE);
    return new Figures(
        share(i -> log.outcome(i) == Outcome.COMPLETED),
        (double) (log.count(Outcome.REJECTED) + log.count(Outcome.EVICTED)) / REQUESTS,
        (double) ran / log.batches());
  }

  private static Served serve(Workload workload, Case asked) {
    ModelConfig model =
        Identity.model("echo").toBuilder()
            .maxBatchSize(asked.simulated().maxBatch())
            .instances(1)
            .batching(asked.real())
            .build();
    AtomicLongArray latencies = new AtomicLongArray(REQUESTS);
    AtomicIntegerArray refused = new AtomicIntegerArray(REQUESTS);
    try (ModelRepository repository = Identity.repository().add(model);
        EmbeddedServer server = EmbeddedServer.start(EmbeddedSettings.of(repository))) {
      server.load("echo");
      try (InferenceClient client = Identity.client(server, "echo", REQUESTS)) {
        send(workload, client, latencies, refused);
      }
      String statistics = server.statistics("echo");
      double executions = executions(statistics);
      double answered = IntStream.range(0, REQUESTS).filter(i -> refused.get(i) == 0).count();
      Figures figures =
          new Figures(
              share(i -> refused.get(i) == 0 && latencies.get(i) <= SLO_NANOS),
              1 - answered / REQUESTS,
              answered / executions);
      return new Served(figures, executionNanos(statistics));
    }
  }

  /** Returns the mean time of an execution: sleeping in steps takes a little longer. */
  private static long executionNanos(String statistics) {
    double count = 0;
    double nanos = 0;
    for (MatchResult match : COMPUTE.matcher(statistics).results().toList()) {
      count += Double.parseDouble(match.group(1));
      nanos += Double.parseDouble(match.group(2));
    }
    return Math.round(nanos / count);
  }

  private static int executions(String statistics) {
    return EXECUTIONS
        .matcher(statistics)
        .results()
        .mapToInt(m -> Integer.parseInt(m.group(1)))
        .sum();
  }

  /** Sends each request at its time and returns when all are answered. */
  private static void send(
      Workload workload,
      InferenceClient client,
      AtomicLongArray latencies,
      AtomicIntegerArray refused) {
    CountDownLatch answers = new CountDownLatch(REQUESTS);
    long start = System.nanoTime();
    for (int i = 0; i < REQUESTS; i++) {
      int request = i;
      long intended = start + workload.arrivalNanos(i);
      while (System.nanoTime() < intended) {
        LockSupport.parkNanos(intended - System.nanoTime());
      }
      InferenceCall call = Identity.acquire(client);
      Identity.fill(call, i, 1);
      call.options().parameter("sleep_us", EXECUTION_NANOS / 1_000);
      call.submit(done -> {
        refused.set(request, done.status() == TritonStatus.OK ? 0 : 1);
        latencies.set(request, System.nanoTime() - intended);
        done.close();
        answers.countDown();
      });
    }
    try {
      answers.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double share(IntPredicate meant) {
    return IntStream.range(0, REQUESTS).filter(meant).count() / (double) REQUESTS;
  }
}
