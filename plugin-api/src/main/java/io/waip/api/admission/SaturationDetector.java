package io.waip.api.admission;

/**
 * Measures how full the engine is, as a gradient.
 *
 * <p>Single writer; allocates nothing.
 */
public interface SaturationDetector {
  /**
   * Returns the saturation of a service.
   *
   * @return {@code >= 0}; 1 is full, above is the depth of overload
   */
  double saturation(long nowNanos, int service, LoadView load);
}
