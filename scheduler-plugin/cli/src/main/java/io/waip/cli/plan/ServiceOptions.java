package io.waip.cli.plan;

import io.waip.api.cost.LatencyModel;
import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.ServiceDemand;
import io.waip.api.resource.Figure;
import io.waip.cli.config.DeviceSettings;
import io.waip.cli.config.LengthSettings;
import io.waip.cli.config.ServiceSettings;
import io.waip.cli.config.VariantSettings;
import io.waip.scheduler.plan.solve.BatchTime;
import io.waip.scheduler.plan.solve.OptionRates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The ways to run one service: each variant on each kind of devices that is fast enough. */
final class ServiceOptions {
  private static final int BUCKETS = 8;
  private static final int BUCKET_STEP = 8;
  private static final String SOURCE = "configuration";

  private final ServiceSettings service;
  private final ServiceDemand demand;
  private final int[] lengths;
  private final Times times;

  /**
   * How long batches take.
   *
   * @param margin from a median to the planning quantile, {@code >= 1}
   */
  record Times(VariantCosts costs, double margin) {}

  /**
   * Prepares for a service.
   *
   * @param lengths of its requests, at least one
   */
  ServiceOptions(ServiceSettings service, ServiceDemand demand, int[] lengths, Times times) {
    this.service = service;
    this.demand = demand;
    this.lengths = lengths;
    this.times = times;
  }

  /**
   * Returns the options: batches as long as the objective allows, and short ones for devices that
   * serve other services as well.
   *
   * @param shortBatchNanos bound on a short batch at the planning quantile
   */
  List<PlacementOption> on(List<DeviceSettings> devices, long shortBatchNanos) {
    List<PlacementOption> options = new ArrayList<>();
    for (VariantSettings variant : service.variants()) {
      for (DeviceSettings device : devices) {
        Optional<PlacementOption> alone = option(variant, device);
        Optional<PlacementOption> sharing = sharing(variant, device, shortBatchNanos);
        alone.ifPresent(options::add);
        sharing
            .filter(each -> alone.isEmpty() || each.maxBatch() < alone.get().maxBatch())
            .ifPresent(options::add);
      }
    }
    return options;
  }

  private Optional<PlacementOption> option(VariantSettings variant, DeviceSettings device) {
    long latency = demand.latencyNanos();
    return rates(variant, device, new Bound(latency, 1))
        .flatMap(alone -> rates(variant, device, new Bound(latency, sharers(alone, device))))
        .map(rates -> option(variant, device, rates));
  }

  /** With one device for itself a service has half of its bound for a batch. */
  private Optional<PlacementOption> sharing(
      VariantSettings variant, DeviceSettings device, long shortBatchNanos) {
    long bound = Math.min(demand.latencyNanos(), 2 * shortBatchNanos);
    return rates(variant, device, new Bound(bound, 1)).map(rates -> option(variant, device, rates));
  }

  private record Bound(long latencyNanos, int sharers) {}

  private PlacementOption option(
      VariantSettings variant, DeviceSettings device, OptionRates rates) {
    return new PlacementOption(
        service.name(),
        variant.model(),
        device.name(),
        1,
        1,
        rates.maxBatch(),
        rates.batchNanos(),
        rates.servedPerSecond(),
        figure(variant.quality(), "quality of " + variant.model()),
        figure(variant.execution().memoryBytes(), "memory of " + variant.model()),
        "",
        rates.buckets().size() > 1 ? rates.buckets() : List.of());
  }

  /** The devices that are needed at least share the queue. */
  private int sharers(OptionRates alone, DeviceSettings device) {
    double needed = demand.ratePerSecond() / alone.servedPerSecond();
    return (int) Math.clamp(Math.floor(needed), 1, device.count());
  }

  private Optional<OptionRates> rates(
      VariantSettings variant, DeviceSettings device, Bound within) {
    LatencyModel cost = times.costs().of(service, variant, device);
    boolean isBucketed =
        VariantCosts.dependsOnLength(service, variant)
            && service.lengths().flatMap(LengthSettings::padding).isPresent();
    BatchTime usual = (batch, length) -> OptionalDouble.of(cost.medianNanos(0, batch, length));
    BatchTime bound =
        (batch, length) -> OptionalDouble.of(times.margin() * cost.medianNanos(0, batch, length));
    return OptionRates.of(
        bound,
        usual,
        lengths,
        new OptionRates.Batching(
            within.latencyNanos(),
            within.sharers(),
            variant.execution().maxBatch(),
            isBucketed ? BUCKETS : 1,
            isBucketed ? BUCKET_STEP : 1));
  }

  private static Figure figure(OptionalDouble value, String what) {
    return value.isPresent() ? Figure.of(value.getAsDouble(), 1, SOURCE) : Figure.unknown(what);
  }
}
