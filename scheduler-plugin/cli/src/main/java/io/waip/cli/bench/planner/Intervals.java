package io.waip.cli.bench.planner;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Intervals around predictions, stated from how far earlier windows were from theirs: between the
 * least and the greatest of their ratios of measured to predicted. Of {@code n} windows that are
 * alike, the next lies within with a chance of {@code (n - 1) / (n + 1)} (order statistics).
 *
 * @param windows for which an interval was stated
 * @param covered how many lay within theirs
 * @param low lower end of the last one, over the prediction; null where none was stated
 * @param high upper end of the last one, over the prediction
 */
record Intervals(int windows, int covered, @Nullable Double low, @Nullable Double high) {
  /** Enough for a chance of 0.71. */
  private static final int LEAST = 6;

  /** Longer ago, the machine and the load were others. */
  private static final int MOST = 19;

  /** States an interval for each window from those before it, and looks whether it held. */
  static Intervals of(List<Double> predicted, List<Double> measured) {
    int windows = 0;
    int covered = 0;
    Double low = null;
    Double high = null;
    for (int i = LEAST; i < predicted.size(); i++) {
      List<Double> ratios = ratios(predicted, measured, Math.max(0, i - MOST), i);
      if (predicted.get(i) > 0 && ratios.size() >= LEAST) {
        low = Collections.min(ratios);
        high = Collections.max(ratios);
        double ratio = measured.get(i) / predicted.get(i);
        windows++;
        covered += ratio >= low && ratio <= high ? 1 : 0;
      }
    }
    return new Intervals(windows, covered, low, high);
  }

  private static List<Double> ratios(
      List<Double> predicted, List<Double> measured, int from, int to) {
    return IntStream.range(from, to)
        .filter(i -> predicted.get(i) > 0)
        .mapToObj(i -> measured.get(i) / predicted.get(i))
        .toList();
  }
}
