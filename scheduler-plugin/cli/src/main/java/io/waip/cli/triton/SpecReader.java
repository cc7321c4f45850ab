package io.waip.cli.triton;

import io.waip.api.Tier;
import io.waip.api.cost.LatencyModelFactory;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Tenant;
import io.waip.cli.config.EndpointSource;
import io.waip.cli.config.LengthSettings;
import io.waip.cli.config.ObjectiveSettings;
import io.waip.cli.config.PlannerConfig;
import io.waip.cli.config.PlannerSettings.Mode;
import io.waip.cli.config.ServiceSettings;
import io.waip.cli.config.TenantSettings;
import io.waip.cli.config.VariantSettings;
import io.waip.cli.input.UserError;
import io.waip.nativebridge.rings.ServiceTable;
import io.waip.triton.PlanningSpec;
import io.waip.triton.ServiceSpec;
import io.waip.triton.VariantSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Turns a configuration into what a planner inside Triton plans for. */
final class SpecReader {
  /** Bound of a nearline or offline service that names none. */
  static final Duration DEFAULT_LATENCY = Duration.ofSeconds(60);

  /** Seconds of a tenant's rate that may come at once, as for planned sessions in the examples. */
  static final double BURST_SECONDS = 0.1;

  private static final String COST_MODEL = "grid";

  private SpecReader() {}

  /**
   * Reads a configuration.
   *
   * @param file its name, for messages
   * @param notes takes a line for each part that is not acted on
   * @throws UserError if it asks for what this seat cannot give and must not leave out
   */
  static PlanningSpec read(String file, PlannerConfig config, Consumer<String> notes) {
    if (!config.governance().isEmpty()) {
      // Fails closed: requests a rule might forbid are not planned at all.
      throw new UserError(
          "governance rules are not enforced inside Triton",
          file,
          "a configuration without governance",
          "remove the rules, or keep such requests away from this server");
    }
    if (!(config.endpoints() instanceof EndpointSource.MountedTriton)
        && !(config.endpoints() instanceof EndpointSource.Embedded)) {
      throw new UserError(
          "endpoints name other servers", file, "triton or embedded", "set endpoints: triton");
    }
    for (TenantSettings tenant : config.tenants()) {
      if (tenant.moneyPerDay().isPresent() || tenant.shedFirst()) {
        notes.accept(
            "planner: budget and shed_first of tenant '%s' are not acted on"
                .formatted(tenant.name()));
      }
    }
    return new PlanningSpec(
        config.services().stream().map(service -> service(file, service, notes)).toList(),
        config.tenants().stream().map(SpecReader::tenant).toList(),
        config.planner().mode() == Mode.ACT,
        List.of(),
        costs());
  }

  private static LatencyModelFactory costs() {
    for (LatencyModelFactory factory : ServiceLoader.load(LatencyModelFactory.class)) {
      if (factory.name().equals(COST_MODEL)) {
        return factory;
      }
    }
    throw new UserError(
        "no cost model '" + COST_MODEL + "' on the class path",
        "",
        "",
        "install waip again: its module cost-models is missing");
  }

  private static Tenant tenant(TenantSettings settings) {
    double rate = settings.ratePerSecond().orElse(Double.POSITIVE_INFINITY);
    double burst = Double.isInfinite(rate) ? 1 : Math.max(1, rate * BURST_SECONDS);
    return new Tenant(settings.name(), settings.weight(), rate, burst);
  }

  private static ServiceSpec service(
      String file, ServiceSettings settings, Consumer<String> notes) {
    List<VariantSpec> variants = new ArrayList<>();
    for (VariantSettings variant : settings.variants()) {
      if (variant.quality().isPresent()) {
        variants.add(new VariantSpec(variant.model(), variant.quality().getAsDouble()));
      } else {
        notes.accept(
            "planner: variant '%s' is left out: its quality is not known and not measured here"
                .formatted(variant.model()));
      }
    }
    if (variants.size() > ServiceTable.MAX_VARIANTS) {
      throw new UserError(
          "service '%s' has %d variants".formatted(settings.name(), variants.size()),
          file,
          "at most " + ServiceTable.MAX_VARIANTS,
          "");
    }
    if (settings.lengths().stream().anyMatch(lengths -> !lengths.bucketEdges().isEmpty())) {
      notes.accept(
          "planner: lengths.buckets of service '%s' are not acted on".formatted(settings.name()));
    }
    return new ServiceSpec(
        settings.name(),
        objective(settings.objective()),
        settings.lengths().map(SpecReader::lengths),
        variants,
        settings.bitEqual());
  }

  private static Objective objective(ObjectiveSettings settings) {
    Tier tier = settings.tier();
    Optional<Duration> bound = settings.latency().total();
    Duration latency = bound.or(() -> settings.latency().ttft()).orElse(DEFAULT_LATENCY);
    return new Objective(tier, latency, settings.latency().percentile(), settings.qualityFloor());
  }

  private static ServiceTable.Lengths lengths(LengthSettings settings) {
    return new ServiceTable.Lengths(
        settings.input(),
        settings.axis(),
        settings
            .padding()
            .map(padding ->
                new ServiceTable.Padding(padding.value(), padding.mask(), padding.trim())));
  }
}
