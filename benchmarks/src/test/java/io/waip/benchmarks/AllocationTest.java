package io.waip.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.cost.GridLatencyModel;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gates allocation in every build, by the JVM's own count for this thread. */
class AllocationTest {
  private static final int OPS = 30_000;

  private @Nullable Object kept;

  private static double bytesPerOp(LongConsumer op) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (long i = 0; i < OPS; i++) {
      op.accept(i);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (long i = 0; i < OPS; i++) {
      op.accept(i);
    }
    return (double) (threads.getCurrentThreadAllocatedBytes() - before) / OPS;
  }

  @ParameterizedTest
  @CsvSource({"equal, 1", "equal, 64", "mixed, 1", "mixed, 64"})
  void aRequestsWayThroughTheEngineAllocatesNothing(String lengths, int tenants) {
    SteadyEngine engine = new SteadyEngine(256, lengths.equals("mixed"), tenants);
    assertThat(bytesPerOp(op -> engine.step())).isLessThan(Figures.MAX_ALLOC_BYTES);
  }

  @Test
  void aPredictionAllocatesNothing() {
    LatencyModel model =
        GridLatencyModel.fit(
            List.of(new CostPoint(0, 1, 8, 100, 1), new CostPoint(0, 8, 64, 900, 1)));
    assertThat(bytesPerOp(op -> model.medianNanos(0, 1 + (int) (op % 20), 30)))
        .isLessThan(Figures.MAX_ALLOC_BYTES);
  }

  @Test
  void countsAnObjectForEachOp() {
    assertThat(bytesPerOp(op -> kept = new Object())).isGreaterThanOrEqualTo(8);
    assertThat(kept).isNotNull();
  }
}
