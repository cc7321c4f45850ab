package io.waip.api.plan;

import io.waip.api.deployment.Service;
import java.util.List;

/**
 * What a plan allows one service.
 *
 * @param ceilingPerSecond requests admitted in a second, {@code > 0}; infinite for no ceiling
 * @param variants one for each variant of the service, in its order; empty limits none
 */
public record ServiceLimits(double ceilingPerSecond, List<VariantLimit> variants) {
  /** No limit. */
  public static final ServiceLimits NONE = new ServiceLimits(Double.POSITIVE_INFINITY, List.of());

  /**
   * Copies the list and checks the ceiling.
   *
   * @throws IllegalArgumentException if it is not above 0
   */
  public ServiceLimits {
    if (!(ceilingPerSecond > 0)) {
      throw new IllegalArgumentException("ceiling must be > 0, is " + ceilingPerSecond);
    }
    variants = List.copyOf(variants);
  }

  /**
   * Returns the limit of a variant.
   *
   * @param position of the variant in its service
   */
  public VariantLimit variant(int position) {
    return variants.isEmpty() ? VariantLimit.NONE : variants.get(position);
  }

  /**
   * Returns the largest share of the service's requests that a variant may take: none below the
   * quality floor, unless the plan limits it to a share and so answers for the mean.
   *
   * @param service that these limits are for
   * @param position of the variant in it
   * @return in {@code [0, 1]}
   */
  public double maxShare(Service service, int position) {
    double planned = variant(position).maxShare();
    boolean meetsFloor =
        service.variants().get(position).quality() >= service.objective().qualityFloor();
    return meetsFloor || planned < 1 ? planned : 0;
  }
}
