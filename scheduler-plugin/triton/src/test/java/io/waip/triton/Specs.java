package io.waip.triton;

import io.waip.api.Tier;
import io.waip.api.cost.CostPoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Tenant;
import io.waip.nativebridge.rings.ServiceTable;
import io.waip.nativebridge.rings.ServiceTable.Lengths;
import io.waip.nativebridge.rings.ServiceTable.Padding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Specifications that tests start from. */
final class Specs {
  static final long MS = 1_000_000L;

  private Specs() {}

  static Optional<Lengths> padded() {
    return Optional.of(
        new Lengths("ids", 1, Optional.of(new Padding(0, "mask", List.of("hidden")))));
  }

  static Objective objective(int millis) {
    return new Objective(Tier.INTERACTIVE, Duration.ofMillis(millis), 99, 0);
  }

  static ServiceSpec embed() {
    return embed(padded());
  }

  static ServiceSpec embed(Optional<ServiceTable.Lengths> lengths) {
    return new ServiceSpec(
        "embed",
        objective(1000),
        lengths,
        List.of(new VariantSpec("fp32", 1), new VariantSpec("int8", 0.9)),
        false);
  }

  static PlanningSpec spec(ServiceSpec... services) {
    return PlanningSpec.of(
        List.of(services),
        List.of(Tenant.unlimited("gold"), new Tenant("free", 1, 1000, 5)),
        true,
        points(services));
  }

  /** 4 ms and 0.01 ms for each row and element, for each variant. */
  private static List<CostPoint> points(ServiceSpec... services) {
    List<CostPoint> points = new ArrayList<>();
    int variant = 0;
    for (ServiceSpec service : services) {
      for (int v = 0; v < service.variants().size(); v++) {
        for (int batch = 1; batch <= 32; batch *= 2) {
          for (int length = 1; length <= 512; length *= 8) {
            points.add(
                new CostPoint(
                    variant, batch, length, 4 * MS + (double) batch * length * MS / 100, 3));
          }
        }
        variant++;
      }
    }
    return points;
  }
}
