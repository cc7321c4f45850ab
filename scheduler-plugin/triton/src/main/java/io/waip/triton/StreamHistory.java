package io.waip.triton;

/**
 * Sums of a stream for each of the latest seconds, to tell since when and by how much its mean has
 * changed. Single thread; only {@link #change} allocates.
 */
final class StreamHistory {
  /** Seconds kept; a change that took longer to notice is dated to their beginning. */
  static final int SECONDS = 300;

  private final float[] sums = new float[SECONDS];
  private final float[] weights = new float[SECONDS];
  private int seconds;
  private double sum;
  private double weight;

  /**
   * Where a mean changed.
   *
   * @param before mean until then; NaN where nothing is known
   * @param after mean from then on; NaN where nothing is known
   * @param seconds full seconds since, {@code >= 0}
   */
  record Shift(double before, double after, int seconds) {}

  /** Adds to the second that runs. */
  void add(double value, double itsWeight) {
    sum += value;
    weight += itsWeight;
  }

  /** Begins the next second. */
  void nextSecond() {
    int at = seconds % SECONDS;
    sums[at] = (float) sum;
    weights[at] = (float) weight;
    seconds++;
    sum = 0;
    weight = 0;
  }

  /**
   * Returns the change that explains most: the split of the kept seconds and the one that runs
   * whose parts' means differ most, weighed as in the test of two means. What was before it is
   * forgotten.
   */
  Shift change() {
    int kept = Math.min(seconds, SECONDS);
    int first = seconds - kept;
    double allSum = total(sums, first) + (weight > 0 ? sum : 0);
    double allWeight = total(weights, first) + weight;
    double leftSum = 0;
    double leftWeight = 0;
    double best = -1;
    Shift shift = new Shift(Double.NaN, allSum / allWeight, kept);
    for (int s = first; s < seconds; s++) {
      leftSum += sums[s % SECONDS];
      leftWeight += weights[s % SECONDS];
      double rightWeight = allWeight - leftWeight;
      if (leftWeight > 0 && rightWeight > 0) {
        double before = leftSum / leftWeight;
        double after = (allSum - leftSum) / rightWeight;
        double gain = leftWeight * rightWeight / allWeight * (after - before) * (after - before);
        if (gain > best) {
          best = gain;
          shift = new Shift(before, after, seconds - 1 - s);
        }
      }
    }
    forgetBefore(shift.seconds());
    return shift;
  }

  private double total(float[] values, int first) {
    double total = 0;
    for (int s = first; s < seconds; s++) {
      total += values[s % SECONDS];
    }
    return total;
  }

  private void forgetBefore(int lastSeconds) {
    int kept = Math.min(seconds, SECONDS);
    for (int s = seconds - kept; s < seconds - lastSeconds; s++) {
      sums[s % SECONDS] = 0;
      weights[s % SECONDS] = 0;
    }
  }
}
