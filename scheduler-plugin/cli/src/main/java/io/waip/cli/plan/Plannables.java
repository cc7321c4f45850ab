package io.waip.cli.plan;

import io.waip.api.Tier;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Objective;
import io.waip.api.plan.DeviceSupply;
import io.waip.api.resource.Figure;
import io.waip.api.resource.Preference;
import io.waip.cli.config.DeviceSettings;
import io.waip.cli.config.LengthSettings;
import io.waip.cli.config.PlannerConfig;
import io.waip.cli.config.ServiceSettings;
import io.waip.cli.config.VariantSettings;
import io.waip.cli.input.UserError;
import io.waip.replay.replan.PlannableService;
import io.waip.replay.replan.PlannableVariant;
import io.waip.replay.replan.WayToRun;
import io.waip.replay.replan.WindowProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What a configuration lets plans use. Single thread. */
public final class Plannables {
  private static final String SOURCE = "configuration";
  private static final Duration UNBOUND = Duration.ofHours(1);

  private final PlannerConfig config;
  private final ExecutionTimesOf times;
  private final DeviceTerms terms = new DeviceTerms();

  /** Says how long batches of a variant take on a kind of devices. */
  @FunctionalInterface
  public interface ExecutionTimesOf {
    /**
     * Returns the times of a variant, whatever the index asked for.
     *
     * @throws UserError if nothing is known of them
     */
    LatencyModel of(ServiceSettings service, VariantSettings variant, DeviceSettings device);
  }

  /** Prepares for a configuration. */
  public Plannables(PlannerConfig config, ExecutionTimesOf times) {
    this.config = config;
    this.times = times;
  }

  /**
   * Returns the services, in the configuration's order.
   *
   * @throws UserError if the configuration lacks what a plan needs
   */
  public List<PlannableService> services() {
    return config.services().stream().map(this::service).toList();
  }

  /** Returns the devices, and what they may take together. */
  public WindowProblem.Supply supply() {
    List<DeviceSupply> devices = config.devices().stream().map(terms::supply).toList();
    return new WindowProblem.Supply(devices, config.planner().limits(), Preference.MONEY);
  }

  private PlannableService service(ServiceSettings settings) {
    boolean isPadded = settings.lengths().flatMap(LengthSettings::padding).isPresent();
    boolean hasOneLength = !VariantCosts.dependOnLength(settings);
    Objective objective =
        new Objective(
            settings.objective().tier(),
            latency(settings),
            settings.objective().latency().percentile(),
            settings.objective().qualityFloor());
    return new PlannableService(
        settings.name(),
        objective,
        (!settings.bitEqual() && isPadded) || hasOneLength,
        isPadded,
        settings.objective().throughputPerSecond().orElse(0),
        settings.variants().stream().map(variant -> variant(settings, variant)).toList());
  }

  private PlannableVariant variant(ServiceSettings service, VariantSettings variant) {
    List<WayToRun> ways = new ArrayList<>();
    for (DeviceSettings device : config.devices()) {
      ways.add(
          new WayToRun(
              device.name(),
              variant.execution().devicesPerInstance(),
              times.of(service, variant, device)));
    }
    return new PlannableVariant(
        variant.model(),
        figure(variant.quality(), "quality of " + variant.model()),
        figure(variant.execution().memoryBytes(), "memory of " + variant.model()),
        variant.execution().maxBatch(),
        VariantCosts.dependsOnLength(service, variant),
        ways);
  }

  private static Figure figure(OptionalDouble value, String what) {
    return value.isPresent() ? Figure.of(value.getAsDouble(), 1, SOURCE) : Figure.unknown(what);
  }

  /** Returns the latency bound of a service; offline ones without one have an hour. */
  static Duration latency(ServiceSettings service) {
    return service
        .objective()
        .latency()
        .total()
        .orElseGet(() -> {
          if (service.objective().tier() == Tier.OFFLINE) {
            return UNBOUND;
          }
          throw UserError.usage(
              "service '" + service.name() + "' has no latency objective",
              "--config",
              "a latency for every service that is not offline",
              "add 'latency: 50ms' to its objective");
        });
  }
}
