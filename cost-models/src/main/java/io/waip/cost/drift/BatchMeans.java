package io.waip.cost.drift;

/**
 * Measures how much the sum of many successive values scatters, whether or not they depend on one
 * another: the method of batch means with blocks that double, so that there are always 16 to 31 of
 * them (A. M. Law and W. D. Kelton, "Simulation Modeling and Analysis", on batch means).
 *
 * <p>Constant time on average. Single thread; allocates nothing after construction.
 */
final class BatchMeans {
  private static final int FIRST_BLOCK = 8;
  private static final int BLOCKS = 16;

  private final double[] means = new double[2 * BLOCKS];
  private long blockSize;
  private int blocks;
  private long inBlock;
  private double blockSum;
  private long values;
  private double mean;
  private double square;

  /** Begins without a value. */
  BatchMeans() {
    clear();
  }

  /**
   * Takes a value.
   *
   * @return whether a new estimate can be had: after 128 values and whenever their number doubled
   */
  boolean add(double value) {
    values++;
    double distance = value - mean;
    mean += distance / values;
    square += distance * (value - mean);
    blockSum += value;
    if (++inBlock < blockSize) {
      return false;
    }
    means[blocks++] = blockSum / blockSize;
    inBlock = 0;
    blockSum = 0;
    if (blocks == means.length) {
      halve();
      return true;
    }
    return blocks == BLOCKS && blockSize == FIRST_BLOCK;
  }

  private void halve() {
    for (int i = 0; i < BLOCKS; i++) {
      means[i] = (means[2 * i] + means[2 * i + 1]) / 2;
    }
    blocks = BLOCKS;
    blockSize *= 2;
  }

  /** Forgets all values. */
  void clear() {
    blockSize = FIRST_BLOCK;
    blocks = 0;
    inBlock = 0;
    blockSum = 0;
    values = 0;
    mean = 0;
    square = 0;
  }

  long values() {
    return values;
  }

  double mean() {
    return mean;
  }

  /** Returns the standard deviation of a value. */
  double deviation() {
    return Math.sqrt(square / (values - 1));
  }

  /**
   * Returns the standard deviation of a sum of many values over the root of their number; never
   * less than that of independent ones, and meaningful when {@link #add} has said so.
   */
  double sumDeviation() {
    double centre = 0;
    for (int i = 0; i < BLOCKS; i++) {
      centre += means[i] / BLOCKS;
    }
    double scatter = 0;
    for (int i = 0; i < BLOCKS; i++) {
      scatter += (means[i] - centre) * (means[i] - centre);
    }
    return Math.max(deviation(), Math.sqrt(scatter / (BLOCKS - 1) * blockSize));
  }
}
