package io.waip.replay.trace;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Distribution of the gaps of a renewal process, up to its scale. */
enum GapLaw {
  /** Gamma. */
  GAMMA,
  /** Weibull: an exponential variable to the power of 1 over the shape. */
  WEIBULL;

  /**
   * Returns independent gaps.
   *
   * @param shape {@code > 0}; below 1 the gaps vary more than exponential ones
   */
  ContinuousSampler gaps(double shape, UniformRandomProvider bits) {
    return switch (this) {
      case GAMMA -> AhrensDieterMarsagliaTsangGammaSampler.of(bits, shape, 1);
      case WEIBULL -> {
        ContinuousSampler exponential = ZigguratSampler.Exponential.of(bits);
        yield () -> StrictMath.pow(exponential.sample(), 1 / shape);
      }
    };
  }
}
