package io.waip.cli.replay;

import io.waip.cli.input.UserError;
import io.waip.replay.Traffic;
import io.waip.replay.spec.TenantSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of {@code waip replay} that says who sends the requests. */
final class TenantOptions {
  @Option(
      names = "--tenants",
      paramLabel = "NAME[:PART…],…",
      description =
          "Tenants with weight, rate and, of generated requests, share and tier, such as"
              + " gold:weight=3,batch:share=2:tier=offline.")
  private @Nullable String tenants;

  /**
   * Returns the traffic as these tenants send it.
   *
   * @throws UserError if the option is not as it should be, or does not fit the traffic
   */
  Traffic applyTo(Traffic traffic) {
    if (tenants == null) {
      return traffic;
    }
    try {
      return traffic.withTenants(TenantSpec.parseAll(tenants));
    } catch (IllegalArgumentException e) {
      throw UserError.usage(String.valueOf(e.getMessage()), "--tenants", "", "");
    }
  }
}
