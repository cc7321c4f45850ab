package io.waip.api.plan;

import io.waip.api.deployment.Deployment;
import java.util.List;

/**
 * A complete, versioned set of scheduling parameters for one engine. Swapped as a whole.
 *
 * @param version grows with each published plan, {@code >= 0}
 * @param services one for each service of the deployment, in its order
 */
public record Plan(long version, List<ServicePlan> services) {
  /**
   * Copies the list and checks the parts.
   *
   * @throws IllegalArgumentException if the version is negative or there is no service
   */
  public Plan {
    services = List.copyOf(services);
    if (version < 0 || services.isEmpty()) {
      throw new IllegalArgumentException(
          "a plan has a version >= 0 and at least one service, got version " + version);
    }
  }

  /** Returns the plan that gives every service {@link ServicePlan#DEFAULT}. */
  public static Plan defaults(Deployment deployment) {
    return uniform(0, deployment, ServicePlan.DEFAULT);
  }

  /** Returns a plan that gives every service the same parameters. */
  public static Plan uniform(long version, Deployment deployment, ServicePlan servicePlan) {
    return new Plan(version, deployment.services().stream().map(s -> servicePlan).toList());
  }
}
