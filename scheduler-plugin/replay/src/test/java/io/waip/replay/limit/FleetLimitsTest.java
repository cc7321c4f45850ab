package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Tier;
import io.waip.replay.trace.Workload;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FleetLimitsTest {
  private static final ServiceCost FAST =
      new ServiceCost((variant, batch, length) -> 20 + 5 * batch, 1, 8);
  private static final ServiceCost SLOW =
      new ServiceCost((variant, batch, length) -> 60 + 2 * batch, 1, 8);

  private static Workload workload() {
    Random random = new Random(3);
    Workload.Builder builder = new Workload.Builder(2000);
    for (int i = 0; i < 300; i++) {
      long arrival = 6L * i;
      builder.add(arrival, 1, Tier.INTERACTIVE, 0, arrival + 80 + random.nextInt(60));
    }
    return builder.build();
  }

  @Test
  void areThoseOfFleetsOfSoManyWorkers() {
    Workload workload = workload();
    FleetLimits limits = FleetLimits.of(workload, List.of(List.of(FAST), List.of(SLOW)));
    for (int fast = 1; fast <= 3; fast++) {
      Fleet alone = new Fleet(List.of(new DeviceClass(fast, List.of(FAST))));
      assertThat(limits.at(List.of(fast, 0))).isEqualTo(GoodputLimit.of(workload, alone));
      Fleet both =
          new Fleet(
              List.of(new DeviceClass(fast, List.of(FAST)), new DeviceClass(1, List.of(SLOW))));
      assertThat(limits.at(List.of(fast, 1))).isEqualTo(GoodputLimit.of(workload, both));
    }
  }

  @Test
  void knowWhenWorkersAreDown() {
    Workload workload = workload();
    List<Outage> outages = List.of(new Outage(100, 900, 1));
    Fleet fleet = new Fleet(List.of(new DeviceClass(2, List.of(FAST), outages)));
    FleetLimits limits = FleetLimits.of(workload, List.of(List.of(FAST)));
    assertThat(limits.at(List.of(2), List.of(outages))).isEqualTo(GoodputLimit.of(workload, fleet));
    assertThat(limits.at(List.of(2), List.of(outages)).requests())
        .isLessThan(limits.at(List.of(2)).requests());
  }
}
