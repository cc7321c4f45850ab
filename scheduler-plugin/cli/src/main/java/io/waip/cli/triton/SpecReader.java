package io.waip.cli.triton;

import io.waip.api.Tier;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Tenant;
import io.waip.cli.config.DeviceSettings;
import io.waip.cli.config.EndpointSource;
import io.waip.cli.config.LengthSettings;
import io.waip.cli.config.ObjectiveSettings;
import io.waip.cli.config.PlannerConfig;
import io.waip.cli.config.PlannerSettings.Mode;
import io.waip.cli.config.ServiceSettings;
import io.waip.cli.config.TenantSettings;
import io.waip.cli.config.VariantSettings;
import io.waip.cli.input.UserError;
import io.waip.cli.plugin.PluginOptions;
import io.waip.nativebridge.rings.ServiceTable;
import io.waip.triton.PlanningSpec;
import io.waip.triton.ServiceSpec;
import io.waip.triton.VariantSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Turns a configuration into what a planner inside Triton plans for. */
final class SpecReader {
  /** Bound of a nearline or offline service that names none. */
  static final Duration DEFAULT_LATENCY = Duration.ofSeconds(60);

  /** Seconds of a tenant's rate that may come at once, as for planned sessions in the examples. */
  static final double BURST_SECONDS = 0.1;

  private final String file;
  private final List<DeviceSettings> devices;
  private final CostModels models;
  private final Consumer<String> notes;
  private final List<ShadowModel> shadows = new ArrayList<>();
  private int variantIndex;

  /**
   * What a configuration asks for.
   *
   * @param shadows models that predict beside those planned with; may be empty
   */
  record Wanted(PlanningSpec spec, List<ShadowModel> shadows) {}

  private SpecReader(
      String file, List<DeviceSettings> devices, CostModels models, Consumer<String> notes) {
    this.file = file;
    this.devices = devices;
    this.models = models;
    this.notes = notes;
  }

  /**
   * Reads a configuration and the cost models it names.
   *
   * @param file its name, for messages
   * @param plugins where fitters of cost models are found besides ours
   * @param notes takes a line for each part that is not acted on
   * @throws UserError if it asks for what this seat cannot give and must not leave out, or a cost
   *     model cannot be used
   */
  static Wanted read(
      String file, PlannerConfig config, PluginOptions plugins, Consumer<String> notes) {
    SpecReader reader = new SpecReader(file, config.devices(), new CostModels(plugins), notes);
    return new Wanted(reader.read(config), List.copyOf(reader.shadows));
  }

  private PlanningSpec read(PlannerConfig config) {
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
    return PlanningSpec.of(
        config.services().stream().map(this::service).toList(),
        config.tenants().stream().map(SpecReader::tenant).toList(),
        config.planner().mode() == Mode.ACT,
        List.of());
  }

  private static Tenant tenant(TenantSettings settings) {
    double rate = settings.ratePerSecond().orElse(Double.POSITIVE_INFINITY);
    double burst = Double.isInfinite(rate) ? 1 : Math.max(1, rate * BURST_SECONDS);
    return new Tenant(settings.name(), settings.weight(), rate, burst);
  }

  private ServiceSpec service(ServiceSettings settings) {
    List<VariantSpec> variants = new ArrayList<>();
    for (VariantSettings variant : settings.variants()) {
      if (variant.quality().isPresent()) {
        variants.add(variant(variant, settings.lengths().isPresent()));
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
    if (settings.agreement().isPresent()) {
      notes.accept(
          "planner: agreement of service '%s' is not acted on: its tensors stay in the server"
              .formatted(settings.name()));
    }
    return new ServiceSpec(
        settings.name(),
        objective(settings.objective()),
        settings.lengths().map(SpecReader::lengths),
        variants,
        settings.bitEqual());
  }

  private VariantSpec variant(VariantSettings settings, boolean hasLengths) {
    if (settings.shadowModel().isPresent()) {
      shadows.add(models.shadow(settings, variantIndex, hasLengths));
    }
    variantIndex++;
    double quality = settings.quality().orElseThrow();
    VariantSpec variant =
        devices.size() != 1
            ? new VariantSpec(settings.model(), quality)
            : new VariantSpec(settings.model(), quality, endpoint(settings));
    return settings
        .costModel()
        .map(model -> variant.startingFrom(models.of(model, hasLengths)))
        .orElse(variant);
  }

  /** Models of as many devices an instance share them; those of more are no more at once. */
  private String endpoint(VariantSettings settings) {
    int wide = settings.execution().devicesPerInstance();
    String kind = devices.getFirst().name();
    return wide == 1 ? kind : kind + " x" + wide;
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
