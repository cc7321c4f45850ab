package io.waip.replay.replan;

import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.ServiceDemand;
import io.waip.scheduler.plan.solve.BatchTime;
import io.waip.scheduler.plan.solve.OptionRates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The options of one service: each way to run each variant that is fast enough. */
final class ServiceOptions {
  private static final int BUCKETS = 8;
  private static final int BUCKET_STEP = 8;

  /**
   * Where no batch leaves room for another one before it, requests that wait for none may still be
   * in time; how many those are, the replay tells.
   */
  private static final int NO_WAIT = 1_000_000;

  private final PlannableService service;
  private final ServiceDemand demand;
  private final int[] lengths;
  private final double margin;

  /**
   * Prepares for a service.
   *
   * @param lengths of its requests, at least one
   * @param margin from a median to the planning quantile, {@code >= 1}
   */
  ServiceOptions(PlannableService service, ServiceDemand demand, int[] lengths, double margin) {
    this.service = service;
    this.demand = demand;
    this.lengths = lengths;
    this.margin = margin;
  }

  /**
   * Returns the options: batches as long as the objective allows, and short ones for devices that
   * serve other services as well.
   *
   * @param devices how many there are of each kind
   * @param shortBatchNanos bound on a short batch at the planning quantile
   */
  List<PlacementOption> on(Map<String, Integer> devices, long shortBatchNanos) {
    List<PlacementOption> options = new ArrayList<>();
    for (PlannableVariant variant : service.variants()) {
      for (WayToRun way : variant.ways()) {
        int gangs = devices.getOrDefault(way.device(), 0) / way.devicesPerInstance();
        Optional<PlacementOption> alone =
            gangs == 0 ? Optional.empty() : alone(variant, way, gangs);
        alone.ifPresent(options::add);
        if (gangs > 0) {
          sharing(variant, way, shortBatchNanos)
              .filter(each -> alone.isEmpty() || each.maxBatch() < alone.get().maxBatch())
              .ifPresent(options::add);
        }
      }
    }
    return options;
  }

  private Optional<PlacementOption> alone(PlannableVariant variant, WayToRun way, int gangs) {
    long latency = demand.latencyNanos();
    return rates(variant, way, latency, 1)
        .flatMap(alone -> rates(variant, way, latency, sharers(alone, gangs)))
        .or(() -> rates(variant, way, latency, NO_WAIT))
        .map(rates -> option(variant, way, rates));
  }

  /** With one device for itself a service has half of its bound for a batch. */
  private Optional<PlacementOption> sharing(
      PlannableVariant variant, WayToRun way, long shortBatchNanos) {
    long bound = Math.min(demand.latencyNanos(), 2 * shortBatchNanos);
    return rates(variant, way, bound, 1).map(rates -> option(variant, way, rates));
  }

  private PlacementOption option(PlannableVariant variant, WayToRun way, OptionRates rates) {
    return new PlacementOption(
        service.name(),
        variant.model(),
        way.device(),
        way.devicesPerInstance(),
        1,
        rates.maxBatch(),
        rates.batchNanos(),
        rates.servedPerSecond(),
        variant.quality(),
        variant.memoryBytes(),
        "",
        rates.buckets().size() > 1 ? rates.buckets() : List.of());
  }

  /** The gangs that are needed at least share the queue. */
  private int sharers(OptionRates alone, int gangs) {
    double needed = demand.ratePerSecond() / alone.servedPerSecond();
    return (int) Math.clamp(Math.floor(needed), 1, gangs);
  }

  private Optional<OptionRates> rates(
      PlannableVariant variant, WayToRun way, long latencyNanos, int sharers) {
    boolean isBucketed = variant.hasLengths() && service.isBucketed();
    BatchTime usual =
        (batch, length) -> OptionalDouble.of(way.times().medianNanos(0, batch, length));
    BatchTime bound =
        (batch, length) -> OptionalDouble.of(margin * way.times().medianNanos(0, batch, length));
    return OptionRates.of(
        bound,
        usual,
        lengths,
        new OptionRates.Batching(
            latencyNanos,
            sharers,
            variant.maxBatch(),
            isBucketed ? BUCKETS : 1,
            isBucketed ? BUCKET_STEP : 1));
  }
}
