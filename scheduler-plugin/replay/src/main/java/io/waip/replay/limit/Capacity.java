package io.waip.replay.limit;

import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Variant;
import java.util.stream.IntStream;

/**
 * Requests per second the reference variant can serve at its largest batch within the objective.
 */
public final class Capacity {
  private static final double NANOS_PER_SECOND = 1e9;

  private Capacity() {}

  /**
   * Returns {@code m / mean(c(b̂, L)/b̂)} with {@code b̂ = max{b <= B : c(b, L) <= SLO}} for each
   * length {@code L}: batches of one length each, weighted as the lengths occur.
   *
   * @param service index of the service; its first variant counts
   * @param lengths lengths of the workload, at least one
   * @return requests per second
   * @throws IllegalArgumentException if even one request of some length exceeds the objective
   */
  public static double requestsPerSecond(
      Deployment deployment, LatencyModel model, int service, int[] lengths) {
    int workers = deployment.endpoints().stream().mapToInt(e -> e.maxInFlight()).sum();
    int longest = IntStream.of(lengths).max().orElseThrow();
    double[] perItem = new double[longest + 1];
    double total = 0;
    for (int length : lengths) {
      if (perItem[length] == 0) {
        perItem[length] = nanosPerItem(deployment, model, service, length);
      }
      total += perItem[length];
    }
    return workers * NANOS_PER_SECOND * lengths.length / total;
  }

  private static double nanosPerItem(
      Deployment deployment, LatencyModel model, int serviceIndex, int length) {
    Service service = deployment.services().get(serviceIndex);
    Variant reference = service.variants().getFirst();
    int variant = deployment.firstVariant(serviceIndex);
    long slo = service.objective().latency().toNanos();
    int batch = 0;
    while (batch < reference.maxBatch() && model.medianNanos(variant, batch + 1, length) <= slo) {
      batch++;
    }
    if (batch == 0) {
      throw new IllegalArgumentException(
          "one request of length %d takes %.3f ms, longer than the objective of %.3f ms"
              .formatted(length, model.medianNanos(variant, 1, length) / 1e6, slo / 1e6));
    }
    return (double) model.medianNanos(variant, batch, length) / batch;
  }
}
