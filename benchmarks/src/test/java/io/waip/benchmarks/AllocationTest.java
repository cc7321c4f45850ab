package io.waip.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.cost.GridLatencyModel;
import io.waip.cost.drift.DriftMonitor;
import io.waip.cost.drift.DriftSettings;
import io.waip.cost.online.ConformalSettings;
import io.waip.cost.online.CorrectionSettings;
import io.waip.cost.online.CostCalibration;
import io.waip.cost.online.ShapeGrid;
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
  void calibratingACostModelAllocatesNothing() {
    CostCalibration calibration =
        new CostCalibration(
            1, new ShapeGrid(64, 512), CorrectionSettings.DEFAULT, ConformalSettings.P99);
    assertThat(
            bytesPerOp(op -> {
              int batch = 1 + (int) (op % 64);
              calibration.executed(0, batch, 30, 100, 90 + op % 20);
              calibration.boundFactor(0, batch, 30);
            }))
        .isLessThan(Figures.MAX_ALLOC_BYTES);
  }

  /** A request each 100 ms; the rate doubles now and then, so that it alarms too. */
  @Test
  void watchingForDriftAllocatesNothing() {
    long[] alarms = {0};
    DriftMonitor monitor =
        new DriftMonitor(
            DriftSettings.DEFAULT, 3, 1, (signal, index, change, nowNanos) -> alarms[0]++);
    long[] now = {0};
    assertThat(
            bytesPerOp(op -> {
              now[0] += op / 8000 % 2 == 0 ? 100_000_000 : 50_000_000;
              monitor.arrived(now[0], 1 + (int) (op % 50), (int) (op % 3));
              monitor.lookedUp(now[0], op % 4 == 0);
              monitor.executed(now[0], 0, op % 10 / 100.0);
              monitor.advance(now[0]);
            }))
        .isLessThan(Figures.MAX_ALLOC_BYTES);
    assertThat(alarms[0]).isPositive();
  }

  @Test
  void countsAnObjectForEachOp() {
    assertThat(bytesPerOp(op -> kept = new Object())).isGreaterThanOrEqualTo(8);
    assertThat(kept).isNotNull();
  }
}
