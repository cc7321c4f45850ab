package io.waip.scheduler.plan.agreement;

import java.util.List;

/**
 * What is known of a variant's quality at one moment: the share of its answers that agree with the
 * reference's.
 *
 * @param model name of the variant
 * @param standing whether a plan may use it
 * @param quality lower bound for the batches that are served, {@code [0, 1]}; 0 while nothing is
 *     known and while it may not be used
 * @param relied quality it is watched against, {@code [0, 1)}; 0 where no plan relies on it
 * @param batches by class of batch sizes, {@link VariantAgreement#CLASSES} of them
 */
public record VariantQuality(
    String model, Standing standing, double quality, double relied, List<BatchClass> batches) {
  /** Whether a plan may use a variant. */
  public enum Standing {
    /** It may, as far as its quality allows. */
    IN_USE,
    /** It fell below what was relied on, and may not. */
    LEFT,
    /** It fell, was reset, and is compared anew; it may not serve yet. */
    ON_TRIAL
  }

  /**
   * What is known for a class of batch sizes.
   *
   * @param served share of the answers that come from such batches, {@code [0, 1]}
   * @param compared answers
   * @param agreed of these
   * @param lower bound, {@code [0, 1]}; 0 without a comparison
   */
  public record BatchClass(double served, long compared, long agreed, double lower) {}

  /** Copies the list. */
  public VariantQuality {
    batches = List.copyOf(batches);
  }

  /** Returns the comparisons of all classes. */
  public long compared() {
    return batches.stream().mapToLong(BatchClass::compared).sum();
  }

  /**
   * Returns the largest share of a service's answers that the variant may give so that their mean
   * quality keeps a floor, when the reference gives the others; 0 where it may not be used.
   *
   * @param floor of the mean quality, {@code [0, 1]}
   * @return in {@code [0, 1]}
   */
  public double mostShare(double floor) {
    if (standing != Standing.IN_USE) {
      return 0;
    }
    return quality >= floor ? 1 : (1 - floor) / (1 - quality);
  }
}
