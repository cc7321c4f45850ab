package io.waip.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A volatile read: the smallest unit of the machine that times of this run can be read in.
 *
 * <p><b>One op</b> is one read of a {@code volatile long} that nobody writes. <b>Left out:</b>
 * contention.
 *
 * <p>Run by {@link HotPathReport}, or alone:
 *
 * <pre>{@code
 * java -cp "benchmarks/target/classes:$(cat benchmarks/target/class-path)" \
 *     org.openjdk.jmh.Main VolatileRead
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class VolatileReadBenchmark {
  private volatile long value = 42;

  /** Reads the field. */
  @Benchmark
  public long volatileRead() {
    return value;
  }
}
