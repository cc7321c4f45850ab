package io.waip.cli.plan;

import io.waip.api.cost.LatencyModel;
import io.waip.cli.config.CostModelSettings;
import io.waip.cli.config.DeviceSettings;
import io.waip.cli.config.ServiceSettings;
import io.waip.cli.config.VariantSettings;
import io.waip.cli.input.UserError;
import io.waip.cli.triton.CostModels;
import io.waip.replay.spec.CostSpec;
import io.waip.triton.KnownCost;
import java.util.Optional;

/**
 * Execution times of variants on devices: from the cost that the configuration gives, else from its
 * cost model. A model that was measured on a device of that name is taken as it is; any other, and
 * a cost, at the device's speed. Single thread.
 */
final class VariantCosts {
  private final CostModels models;

  VariantCosts(CostModels models) {
    this.models = models;
  }

  /**
   * Returns the times of a variant, whatever the index asked for.
   *
   * @throws UserError if the configuration says nothing of them, or its cost model cannot be used
   */
  LatencyModel of(ServiceSettings service, VariantSettings variant, DeviceSettings device) {
    Optional<CostSpec> cost = variant.execution().cost();
    if (cost.isPresent()) {
      return cost.get().atSpeed(device.speed());
    }
    CostModelSettings model = variant.costModel().orElseThrow(() -> unknown(service, variant));
    boolean hasLengths = service.lengths().isPresent();
    Optional<KnownCost> here = models.measuredOn(model, device.name(), hasLengths);
    KnownCost known = here.orElseGet(() -> models.of(model, hasLengths));
    double speed = here.isPresent() ? 1 : device.speed();
    return (index, batch, length) ->
        Math.max(1, Math.round(known.medianNanos(batch, length) / speed));
  }

  /** Says whether the time of any variant of a service depends on the length. */
  static boolean dependOnLength(ServiceSettings service) {
    return service.variants().stream().anyMatch(variant -> dependsOnLength(service, variant));
  }

  /** Says whether the time of a variant depends on the length. */
  static boolean dependsOnLength(ServiceSettings service, VariantSettings variant) {
    boolean isGiven = variant.execution().cost().isPresent();
    if (!isGiven && variant.costModel().isEmpty()) {
      throw unknown(service, variant);
    }
    return isGiven
        ? variant.execution().cost().get().dependsOnLength()
        : service.lengths().isPresent();
  }

  /**
   * Returns the cost that the configuration gives.
   *
   * @throws UserError if it gives none
   */
  static CostSpec given(ServiceSettings service, VariantSettings variant) {
    return variant.execution().cost().orElseThrow(() -> unknown(service, variant));
  }

  private static UserError unknown(ServiceSettings service, VariantSettings variant) {
    return UserError.usage(
        "nothing says how long batches of '%s' of service '%s' take"
            .formatted(variant.model(), service.name()),
        "--config",
        "a cost of every variant, or without --capacity a cost_model",
        "add \"cost: 'alpha=4ms,beta=0.8ms'\" to the variant");
  }
}
