package io.waip.cli.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is measured of one model, and for how long.
 *
 * @param batches ascending, each {@code >= 1}
 * @param lengths ascending, each {@code >= 1}; only 1 where the model has no length
 * @param budget for warm-up and measuring; the execution under way is finished
 * @param precision half of the median's 95 % interval, as a share of the median, that is enough
 * @param seed of the order in which shapes take turns
 */
record ProfilePlan(
    List<Integer> batches, List<Integer> lengths, Duration budget, double precision, long seed) {
  ProfilePlan {
    batches = List.copyOf(batches);
    lengths = List.copyOf(lengths);
  }

  /** Returns 1, 2, 4 … and the last. */
  static List<Integer> doublings(int last) {
    List<Integer> steps = new ArrayList<>();
    for (int step = 1; step < last; step *= 2) {
      steps.add(step);
    }
    steps.add(last);
    return steps;
  }

  /** Returns all shapes, those of fewer elements first. */
  List<ShapeTimes> shapes() {
    List<ShapeTimes> shapes = new ArrayList<>();
    for (int batch : batches) {
      for (int length : lengths) {
        shapes.add(new ShapeTimes(batch, length));
      }
    }
    shapes.sort(Comparator.comparingLong(ShapeTimes::elements));
    return shapes;
  }
}
