package io.waip.api.measurement;

/**
 * What was measured: one variant on one kind of device in one setting. Points of different subjects
 * share no curve.
 *
 * @param variant name of the concrete model, not blank
 * @param phase part of the work that the time covers
 * @param device name of the hardware as the file gives it; empty where it says none
 * @param tensorParallel devices that share one execution, {@code >= 1}
 * @param threads of one execution; 0 where the file says none
 */
public record Subject(String variant, Phase phase, String device, int tensorParallel, int threads) {
  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the name is blank or a count is out of range
   */
  public Subject {
    if (variant.isBlank()) {
      throw new IllegalArgumentException("a measured variant must have a name");
    }
    if (tensorParallel < 1 || threads < 0) {
      throw new IllegalArgumentException(
          "tensor_parallel must be >= 1 and threads >= 0, are %d and %d"
              .formatted(tensorParallel, threads));
    }
  }
}
