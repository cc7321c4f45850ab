package io.waip.cost.drift;

import io.waip.api.drift.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** ADWIN2 as its paper states it: buckets keep their values, and every sum is taken anew. */
final class SlowAdwin {
  private final AdwinSettings settings;

  /** Oldest first; sizes never rise from one to the next. */
  private final List<double[]> buckets = new ArrayList<>();

  SlowAdwin(AdwinSettings settings) {
    this.settings = settings;
  }

  Change add(double value) {
    buckets.add(new double[] {value});
    for (int size = 1; size <= buckets.getFirst().length; size *= 2) {
      mergeOldest(size);
    }
    double step = oldestStep();
    Change change = step == 0 ? Change.NONE : step > 0 ? Change.RISE : Change.FALL;
    while (oldestStep() != 0) {
      buckets.removeFirst();
    }
    return change;
  }

  private void mergeOldest(int size) {
    List<Integer> same = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.get(i).length == size) {
        same.add(i);
      }
    }
    if (same.size() > settings.bucketsPerSize()) {
      int oldest = same.getFirst();
      double[] merged = Arrays.copyOf(buckets.get(oldest), 2 * size);
      System.arraycopy(buckets.remove(oldest + 1), 0, merged, size, size);
      buckets.set(oldest, merged);
    }
  }

  private double oldestStep() {
    double[] window = window();
    int n = window.length;
    double variance = variance(window);
    int cut = 0;
    for (double[] bucket : buckets) {
      cut += bucket.length;
      int newer = n - cut;
      if (cut >= settings.minPart() && newer >= settings.minPart()) {
        double step = mean(window, cut, n) - mean(window, 0, cut);
        if (Math.abs(step) > bound(cut, newer, variance)) {
          return step;
        }
      }
    }
    return 0;
  }

  private double bound(int older, int newer, double variance) {
    double m = 1 / (1.0 / older + 1.0 / newer);
    double d = settings.delta() / Math.max(1, Math.log(older + newer));
    double confidence = Math.log(2 / d);
    return Math.sqrt(2 / m * variance * confidence) + 2 / (3 * m) * settings.range() * confidence;
  }

  double[] window() {
    return buckets.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  static double mean(double[] values, int from, int to) {
    return DoubleStream.of(Arrays.copyOfRange(values, from, to)).sum() / (to - from);
  }

  static double variance(double[] values) {
    double mean = mean(values, 0, values.length);
    return DoubleStream.of(values).map(x -> (x - mean) * (x - mean)).sum() / values.length;
  }
}
