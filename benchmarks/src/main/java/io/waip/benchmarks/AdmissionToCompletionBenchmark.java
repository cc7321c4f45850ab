package io.waip.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A request's way through the engine, from admission over queue, batch and route to completion,
 * with {@code queued} requests waiting.
 *
 * <p><b>One op</b> is one request: its arrival, and its share of forming, dispatching and
 * completing batches. The loop is closed, so as many requests are answered as arrive, and the queue
 * swings by one batch around {@code queued}.
 *
 * <p><b>Left out:</b> the model's execution, tensors and rings between threads. Nothing is refused;
 * with mixed lengths the engine lets up to 4 % expire, those whose length has no company, and they
 * count as ops.
 *
 * <p>Run by {@link HotPathReport}, or alone:
 *
 * <pre>{@code
 * java -cp "benchmarks/target/classes:$(cat benchmarks/target/class-path)" \
 *     org.openjdk.jmh.Main AdmissionToCompletion -prof gc
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AdmissionToCompletionBenchmark {
  /** Requests queued on average. */
  @Param("256")
  int queued = 256;

  /** Whether all requests have 16 tokens, or lengths skewed as in short text. */
  @Param({"equal", "mixed"})
  String lengths = "equal";

  /** Number of tenants. */
  @Param({"1", "64"})
  int tenants = 1;

  @SuppressWarnings("NullAway.Init") // Set by JMH before the first op.
  private SteadyEngine engine;

  /** Creates the engine and fills its queue. */
  @Setup
  public void setUp() {
    engine = new SteadyEngine(queued, lengths.equals("mixed"), tenants);
  }

  /** Takes one request in and answers one on average. */
  @Benchmark
  public long admissionToCompletion() {
    return engine.step();
  }

  /** Returns the engine under measurement. */
  SteadyEngine engine() {
    return engine;
  }
}
