package io.waip.benchmarks;

import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An Agrona ring between two threads: the neighbour that {@link AdmissionToCompletionBenchmark} is
 * measured beside.
 *
 * <p><b>One op</b> of {@link #ringRoundTrip} is a reference put into one ring, taken by a second
 * thread, put into another ring and taken by the first: two hops. Both threads spin. One op of
 * {@link #ringPushPoll} is a put and a take on one thread, without a hop.
 *
 * <p><b>Left out:</b> parking and waking, which cost a hundred times more; message copying.
 *
 * <p>Run by {@link HotPathReport}, or alone:
 *
 * <pre>{@code
 * java --add-opens java.base/jdk.internal.misc=ALL-UNNAMED \
 *     -cp "benchmarks/target/classes:$(cat benchmarks/target/class-path)" \
 *     org.openjdk.jmh.Main RingHop -prof gc
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RingHopBenchmark {
  private static final int CAPACITY = 256;
  private static final Long MESSAGE = 42L;

  /** Kind of both rings. */
  @Param({"one_to_one", "many_to_one"})
  String ring = "one_to_one";

  private Queue<Long> requests = ring();
  private Queue<Long> replies = ring();
  private Queue<Long> local = ring();

  @SuppressWarnings("NullAway.Init") // Set by JMH before the first op.
  private EchoThread echo;

  private Queue<Long> ring() {
    return ring.equals("one_to_one")
        ? new OneToOneConcurrentArrayQueue<>(CAPACITY)
        : new ManyToOneConcurrentArrayQueue<>(CAPACITY);
  }

  /** Creates the rings and starts the second thread. */
  @Setup(Level.Trial)
  public void setUp() {
    requests = ring();
    replies = ring();
    local = ring();
    echo = EchoThread.start(requests, replies);
  }

  /** Ends the second thread. */
  @TearDown(Level.Trial)
  public void tearDown() throws InterruptedException {
    echo.close();
  }

  /** Sends a reference to the other thread and spins until it is back. */
  @Benchmark
  public long ringRoundTrip() {
    requests.add(MESSAGE);
    Long reply = replies.poll();
    while (reply == null) {
      Thread.onSpinWait();
      reply = replies.poll();
    }
    return reply;
  }

  /** Puts a reference into a ring and takes it out again. */
  @Benchmark
  public long ringPushPoll() {
    local.add(MESSAGE);
    Long message = local.poll();
    return message == null ? 0 : message;
  }
}
