package io.waip.scheduler.plan.solve;

import io.waip.api.plan.PlanScore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Leaves out of a division what does nothing: options without time, and gangs nobody needs. */
final class Compaction {
  /** Time below which an option does nothing, in gangs. */
  private static final double NOTHING = 1e-9;

  private Compaction() {}

  /** Returns the division without what does nothing. */
  static Fitting of(
      Instance instance, List<Configuration> configurations, double[][] times, double[] prices) {
    SortedMap<Configuration, double[]> used = new TreeMap<>();
    SortedMap<Configuration, Double> price = new TreeMap<>();
    for (int c = 0; c < times.length; c++) {
      double[] all = times[c];
      Configuration whole = configurations.get(c);
      int[] busy = IntStream.range(0, all.length).filter(i -> all[i] > NOTHING).toArray();
      if (busy.length > 0) {
        int[] options = Arrays.stream(busy).map(i -> whole.options()[i]).toArray();
        Configuration kept = new Configuration(whole.device(), whole.degree(), options);
        double[] time = Arrays.stream(busy).mapToDouble(i -> all[i]).toArray();
        used.merge(kept, time, Compaction::sum);
        price.merge(kept, prices[c] * instance.wholeValue(), Math::max);
      }
    }
    SortedMap<Configuration, Integer> gangs = new TreeMap<>();
    used.forEach((each, time) -> gangs.put(each, gangs(time)));
    Layout layout = new Layout(gangs);
    return new Fitting(
        layout,
        List.copyOf(used.keySet()),
        used.values().toArray(double[][]::new),
        score(instance, used, layout),
        price.values().stream().mapToDouble(each -> each).toArray());
  }

  private static double[] sum(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] + b[i]).toArray();
  }

  private static int gangs(double[] time) {
    return (int) Math.max(1, Math.ceil(Arrays.stream(time).sum() - 1e-7));
  }

  private static PlanScore score(
      Instance instance, Map<Configuration, double[]> used, Layout layout) {
    double value = 0;
    double badness = 0;
    int devices = 0;
    for (Map.Entry<Configuration, double[]> entry : used.entrySet()) {
      Configuration each = entry.getKey();
      int own = layout.count(each) * each.degree();
      devices += own;
      badness += own * instance.badness.device().held()[each.device()];
      for (int i = 0; i < each.options().length; i++) {
        int option = each.options()[i];
        double time = entry.getValue()[i];
        value += time * instance.value(option);
        badness += time * each.degree() * instance.badness.device().busy()[each.device()];
        badness += time * instance.rate(option) * instance.badness.answered()[option];
      }
    }
    return new PlanScore(0, value, badness, devices);
  }
}
