package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Tier;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.trace.TestWorkloads;
import io.waip.replay.trace.Workload;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CapacityTest {
  private static final long MS = 1_000_000L;
  private static final BatchCost COST = BatchCost.of(CostSpec.parse("alpha=4ms,beta=0.8ms"));
  private static final Workload ONE_LENGTH =
      TestWorkloads.uniformDeadline(new long[] {0, MS}, MS, 2 * MS);

  @Test
  void isTheLargestBatchWithinTheSlo() {
    // 4 + 0.8 * 32 = 29.6 ms is the last within 30 ms.
    double capacity = Capacity.perSecond(ONE_LENGTH, COST, new WorkerPool(2, 1, 64), 0, 30 * MS);
    assertThat(capacity).isCloseTo(2 * 32 / 0.0296, Offset.offset(1e-6));
  }

  @Test
  void isBoundByTheLargestBatchAllowed() {
    double capacity = Capacity.perSecond(ONE_LENGTH, COST, new WorkerPool(1, 1, 8), 0, 30 * MS);
    assertThat(capacity).isCloseTo(8 / 0.0104, Offset.offset(1e-6));
  }

  @Test
  void averagesTimeOverLengths() {
    BatchCost perElement = (variant, batch, length) -> 1e6 * batch * length;
    Workload mixed =
        new Workload.Builder(MS)
            .add(0, 1, Tier.INTERACTIVE, 0, MS)
            .add(0, 3, Tier.INTERACTIVE, 0, MS)
            .build();
    double capacity = Capacity.perSecond(mixed, perElement, new WorkerPool(1, 1, 4), 0, 30 * MS);
    assertThat(capacity).isCloseTo(500, Offset.offset(1e-6));
  }

  @Test
  void saysWhenOneRequestTakesLongerThanTheSlo() {
    WorkerPool pool = new WorkerPool(1, 1, 8);
    assertThatThrownBy(() -> Capacity.perSecond(ONE_LENGTH, COST, pool, 0, MS))
        .hasMessage(
            "slo 1.000 ms is below the 4.800 ms that one request of length 1 takes; "
                + "allowed: at least that; remedy: raise the slo or lower the cost");
  }
}
