package io.waip.triton;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.waip.nativebridge.rings.RehearsalFront;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A request's way through the loop and back costs no heap once the loop is warm. */
class AllocationTest {
  private static final int REQUESTS = 20_000;
  private static final long STEP_NANOS = 20_000;
  private static final int MAX_ROUNDS = 30;
  private static final int SLOTS = 512;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static volatile @Nullable Object kept;

  private final long[] running = new long[SLOTS];
  private int runningCount;
  private int nextSlot;

  private void request(LoopBench bench) {
    RehearsalFront front = bench.front();
    int slot = nextSlot % SLOTS;
    int generation = 1 + nextSlot / SLOTS;
    nextSlot++;
    // 20,000 requests in 0.4 s: predictions are renewed at most once a second, and that allocates.
    bench.now += STEP_NANOS;
    front.request(slot, generation).times(bench.now, 0).shape(1 + slot % 100, 1).submit();
    bench.loop.turn();
    long last = 0;
    while (front.pollDecision()) {
      if (front.isDispatch() && front.dispatch() != last) {
        last = front.dispatch();
        running[runningCount++] = last;
      }
    }
    while (runningCount > 0 && nextSlot % 3 == 0) {
      front.completed(running[--runningCount], 4 * Specs.MS);
    }
  }

  private double bytesPerRequest(LoopBench bench, boolean leak) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < REQUESTS; i++) {
      request(bench);
      kept = leak ? new byte[1] : kept;
    }
    return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / REQUESTS;
  }

  @Test
  void aRequestAllocatesLessThanAByte() {
    try (LoopBench bench = new LoopBench(Specs.spec(Specs.embed()))) {
      bench.open(0, "embed", 8, 2);
      int rounds = 0;
      while (bytesPerRequest(bench, false) >= 1 && rounds < MAX_ROUNDS) {
        rounds++;
      }
      double bytes = bytesPerRequest(bench, false);
      System.out.printf("figures: planner loop allocates %.4f B per request%n", bytes);
      assertThat(bytes).isLessThan(1);
      assertThat(bench.loop.figures().dispatched()).isGreaterThan(REQUESTS / 2);
      assertThat(bytesPerRequest(bench, true)).isBetween(16.0, 64.0);
    }
  }
}
