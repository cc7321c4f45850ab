package io.waip.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.waip.api.Outcome;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.drive.RunObserver;
import io.waip.replay.limit.GoodputLimit;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What one more request costs of the heap: arrays of numbers, no object, so that ten million fit
 * into a small one. Everything allocated counts, also what is soon garbage.
 */
class ReplayMemoryTest {
  /** The log of a run, and a trifle for each batch of many requests. */
  private static final double PLAYED_BYTES = 24;

  /** Columns of numbers: windows, works, an order and a tree. */
  private static final double LIMIT_BYTES = 270;

  private static final int FEW = 20_000;
  private static final int MANY = 60_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static Replay replay(int requests) {
    return Replay.of(
        new ReplaySpec(
            Traffic.generated(ArrivalSpec.parse("poisson"), requests, 1.3).withLengths(5, 9, 14),
            50_000_000L,
            CostSpec.parse("alpha=4ms,beta=0.8ms,gamma=20us"),
            new WorkerPool(1, 1, 32),
            Noise.none(1)));
  }

  private static double bytesPerRequest(Consumer<Replay> work) {
    Replay few = replay(FEW);
    Replay many = replay(MANY);
    work.accept(many);
    return (double) (bytes(many, work) - bytes(few, work)) / (MANY - FEW);
  }

  private static long bytes(Replay replay, Consumer<Replay> work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.accept(replay);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void aPlayedRequestCostsItsLineOfTheLog() {
    double bytes = bytesPerRequest(replay -> replay.play(Policy.WAIP));
    System.out.printf("figures: playing allocates %.1f B per request%n", bytes);
    assertThat(bytes).isLessThan(PLAYED_BYTES);
  }

  @Test
  void anObjectForEachPlayedRequestWouldShow() {
    List<Integer> ended = new ArrayList<>(2 * MANY);
    RunObserver boxing =
        new RunObserver() {
          @Override
          public void ended(int request, Outcome outcome, long nowNanos) {
            ended.add(request);
          }
        };
    double bytes =
        bytesPerRequest(replay -> {
          ended.clear();
          replay.play(Policy.WAIP, boxing);
        });
    assertThat(ended).hasSize(FEW);
    assertThat(bytes).isGreaterThan(PLAYED_BYTES);
  }

  @Test
  void aLimitedRequestCostsItsColumns() {
    double bytes = bytesPerRequest(Replay::limit);
    System.out.printf("figures: the limit allocates %.1f B per request%n", bytes);
    assertThat(bytes).isLessThan(LIMIT_BYTES);
  }

  @Test
  void twoBoxedOrdersWouldShow() {
    double bytes =
        bytesPerRequest(replay -> {
          GoodputLimit limit = replay.limit();
          for (int order = 0; order < 2; order++) {
            List<Integer> boxed = new ArrayList<>(replay.workload().size());
            for (int i = 0; i < replay.workload().size(); i++) {
              boxed.add(i);
            }
            assertThat(boxed.size()).isGreaterThanOrEqualTo((int) limit.requests());
          }
        });
    assertThat(bytes).isGreaterThan(LIMIT_BYTES);
  }
}
