package io.waip.cost.drift;

import io.waip.api.drift.Change;
import io.waip.cost.internal.Finite;
import java.util.Arrays;

/**
 * A window over the latest values that grows while their mean stays and drops its older part when
 * the mean has changed: ADWIN2 of A. Bifet and R. Gavaldà, "Learning from Time-Changing Data with
 * Adaptive Windowing", SDM 2007.
 *
 * <p>The window W of n values is cut into an older part of {@code n0} and a newer of {@code n1}
 * values. With {@code m = 1/(1/n0 + 1/n1)}, the variance {@code v} of W, the range R of the values
 * and {@code d = delta / ln n}, the mean has changed where the means of the parts differ by more
 * than
 *
 * <pre>sqrt(2/m · v · ln(2/d)) + 2/(3m) · R · ln(2/d)</pre>
 *
 * Then the oldest values are dropped until no cut shows a change. It finds small and gradual
 * changes, the smaller the later, without a setting of their size.
 *
 * <p><b>Layout:</b> the window is an exponential histogram: buckets of 1, 2, 4, … values, at most
 * {@link AdwinSettings#bucketsPerSize} of a size, each with its sum and its sum of squared
 * deviations. One more and the two oldest of that size become one of the next. Cuts are tried
 * between buckets. So a value takes O(log n) time and, where it shows a change, at most O(log² n);
 * memory is fixed.
 *
 * <p>Single thread. Allocates nothing after construction.
 */
public final class Adwin {
  /** Sizes 2^0 to 2^59: more values than a stream ever has. */
  private static final int SIZES = 60;

  private final AdwinSettings settings;

  /** Buckets of a size beside one another, oldest first: {@code [size, age]}, row-major. */
  private final int stride;

  private final double[] sums;
  private final double[] squares;
  private final int[] buckets = new int[SIZES];

  private int sizes;
  private long width;
  private double sum;
  private double square;

  /** Begins with an empty window. */
  public Adwin(AdwinSettings settings) {
    this.settings = settings;
    stride = settings.bucketsPerSize() + 1;
    sums = new double[SIZES * stride];
    squares = new double[SIZES * stride];
  }

  /**
   * Takes a value into the window.
   *
   * @param value finite
   * @return whether the mean has changed, and where to; the window then holds values after the
   *     change only, as far as can be told
   * @throws IllegalArgumentException if the value is not finite
   */
  public Change add(double value) {
    append(0, Finite.require(value, "value"), 0);
    mergeOldest();
    measure();
    double step = step();
    Change change = step == 0 ? Change.NONE : Change.of(step);
    while (step != 0) {
      dropOldest();
      measure();
      step = step();
    }
    return change;
  }

  private void append(int size, double bucketSum, double bucketSquare) {
    int at = size * stride + buckets[size]++;
    sums[at] = bucketSum;
    squares[at] = bucketSquare;
    sizes = Math.max(sizes, size + 1);
  }

  /** Merges the two oldest buckets of every size that has one too many. */
  private void mergeOldest() {
    for (int size = 0; buckets[size] > settings.bucketsPerSize(); size++) {
      int at = size * stride;
      double bucketSum = sums[at] + sums[at + 1];
      double bucketSquare = squares[at] + squares[at + 1];
      long n = 1L << size;
      bucketSquare += between(n, sums[at], n, sums[at + 1]);
      removeOldest(size, 2);
      append(size + 1, bucketSum, bucketSquare);
    }
  }

  private void removeOldest(int size, int count) {
    int at = size * stride;
    buckets[size] -= count;
    System.arraycopy(sums, at + count, sums, at, buckets[size]);
    System.arraycopy(squares, at + count, squares, at, buckets[size]);
  }

  private void dropOldest() {
    removeOldest(sizes - 1, 1);
    while (sizes > 0 && buckets[sizes - 1] == 0) {
      sizes--;
    }
  }

  /** Returns what two groups add to their joint sum of squares by the distance of their means. */
  private static double between(long n0, double sum0, long n1, double sum1) {
    double distance = sum0 / n0 - sum1 / n1;
    return distance * distance * ((double) n0 * n1 / (n0 + n1));
  }

  /** Sums up the buckets; anew each time, so that rounding does not add up. */
  private void measure() {
    width = 0;
    sum = 0;
    square = 0;
    for (int size = sizes - 1; size >= 0; size--) {
      long n = 1L << size;
      for (int at = size * stride; at < size * stride + buckets[size]; at++) {
        square += squares[at] + (width == 0 ? 0 : between(width, sum, n, sums[at]));
        sum += sums[at];
        width += n;
      }
    }
  }

  /** Returns by how much the mean rises at the oldest cut that shows a change, or 0. */
  private double step() {
    double confidence = Math.log(2 * Math.max(1, Math.log(width)) / settings.delta());
    double spread = 2 * variance() * confidence;
    double bias = 2.0 / 3 * settings.range() * confidence;
    long older = 0;
    double olderSum = 0;
    for (int size = sizes - 1; size >= 0; size--) {
      for (int at = size * stride; at < size * stride + buckets[size]; at++) {
        older += 1L << size;
        olderSum += sums[at];
        long newer = width - older;
        if (newer < settings.minPart()) {
          return 0;
        }
        double inverse = 1.0 / older + 1.0 / newer;
        double step = (sum - olderSum) / newer - olderSum / older;
        if (older >= settings.minPart()
            && Math.abs(step) > Math.sqrt(inverse * spread) + inverse * bias) {
          return step;
        }
      }
    }
    return 0;
  }

  /** Empties the window. */
  public void clear() {
    Arrays.fill(buckets, 0);
    sizes = 0;
    measure();
  }

  /** Returns the number of values in the window. */
  public long width() {
    return width;
  }

  /** Returns the mean of the window, 0 where it is empty. */
  public double mean() {
    return width == 0 ? 0 : sum / width;
  }

  /** Returns the variance of the window over its {@link #width}, 0 where it is empty. */
  public double variance() {
    return width == 0 ? 0 : square / width;
  }
}
