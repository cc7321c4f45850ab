package io.waip.replay.drive;

import io.waip.api.cost.LatencyModel;
import io.waip.api.schedule.Batch;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Times batches take in virtual time: the model's median, times lognormal noise of mean 1 where
 * asked for.
 *
 * <p>Deterministic for a seed. Single thread.
 */
public final class ExecutionTimes {
  private final LatencyModel model;
  private final double sigma;
  private final RandomGenerator random;

  /**
   * Creates a source of times.
   *
   * @param coefficientOfVariation of the noise, {@code >= 0}; 0 for none
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public ExecutionTimes(LatencyModel model, double coefficientOfVariation, long seed) {
    if (!(coefficientOfVariation >= 0) || Double.isInfinite(coefficientOfVariation)) {
      throw new IllegalArgumentException(
          "noise must be a finite coefficient of variation >= 0, is " + coefficientOfVariation);
    }
    this.model = model;
    sigma = Math.sqrt(Math.log1p(coefficientOfVariation * coefficientOfVariation));
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** Returns how long a batch takes, nanoseconds, {@code >= 1}. */
  public long nanos(Batch batch) {
    long median = model.medianNanos(batch.variant(), batch.size(), batch.paddedLength());
    if (sigma == 0) {
      return median;
    }
    double factor = Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
    return Math.max(1, Math.round(median * factor));
  }
}
