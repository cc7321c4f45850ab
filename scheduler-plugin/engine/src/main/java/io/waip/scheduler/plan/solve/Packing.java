package io.waip.scheduler.plan.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whole gangs from divisible ones: as many gangs of an option alone as its time fills, and what is
 * left packed together by best fit, longest time first (squishy bin packing: Shen and others,
 * Nexus, SOSP 2019), within memory and latency. What then exceeds the supply or the money is
 * dropped, least value per device first.
 */
final class Packing {
  private static final double NOTHING = 1e-9;

  private final Instance instance;
  private final double[] times;
  private final List<Bin> bins = new ArrayList<>();

  /** A gang that is filled. */
  private static final class Bin {
    final int device;
    final int degree;
    double value;
    final int[] options;
    int size;
    double time;
    int gangs = 1;

    Bin(int device, int degree, double value, int room) {
      this.device = device;
      this.degree = degree;
      this.value = value;
      options = new int[room];
    }
  }

  private Packing(Instance instance, double[] times) {
    this.instance = instance;
    this.times = times;
  }

  /** Returns a layout within supply and money for times of gangs by option. */
  static Layout of(Instance instance, double[] times) {
    Packing packing = new Packing(instance, times);
    for (int[] alike : Configurations.alike(instance)) {
      int first = packing.bins.size();
      Arrays.stream(alike).forEach(packing::fill);
      IntStream.of(alike)
          .filter(option -> packing.left(option) > NOTHING)
          .boxed()
          .sorted(Comparator.comparingDouble(packing::left).reversed().thenComparing(o -> o))
          .forEach(option -> packing.place(option, first));
    }
    return packing.withinBounds();
  }

  private double left(int option) {
    return times[option] - Math.floor(times[option] + NOTHING);
  }

  private void fill(int option) {
    int whole = (int) Math.floor(times[option] + NOTHING);
    if (whole > 0) {
      Bin bin = bin(option, 1);
      bin.gangs = whole;
      bin.time = 1;
    }
  }

  private Bin bin(int option, double time) {
    double value = time * instance.value(option) * weight(option);
    Bin bin = new Bin(instance.deviceOf[option], instance.degree(option), value, 64);
    bin.options[bin.size++] = option;
    bin.time = time;
    bins.add(bin);
    return bin;
  }

  /** Promised requests come before all others. */
  private double weight(int option) {
    return instance.services.get(instance.serviceOf[option]).promisedPerSecond() > 0 ? 1e3 : 1;
  }

  private void place(int option, int first) {
    double time = left(option);
    Bin best = null;
    for (Bin bin : bins.subList(first, bins.size())) {
      boolean fits = bin.time + time <= 1 + NOTHING && bin.size < bin.options.length;
      if (fits && (best == null || bin.time > best.time)) {
        bin.options[bin.size] = option;
        best = instance.fit(bin.options, bin.size + 1) ? bin : best;
      }
    }
    if (best == null) {
      bin(option, time);
    } else {
      best.options[best.size++] = option;
      best.time += time;
      best.value += time * instance.value(option) * weight(option);
    }
  }

  private Layout withinBounds() {
    double money = instance.problem.limits().moneyPerHour().orElse(Double.POSITIVE_INFINITY);
    double watts = instance.problem.limits().watts().orElse(Double.POSITIVE_INFINITY);
    double grams = instance.problem.limits().gramsPerHour().orElse(Double.POSITIVE_INFINITY);
    double[] left = {money, watts, grams};
    int[] supply = instance.devices.stream().mapToInt(each -> each.count()).toArray();
    Comparator<Bin> mostValue = Comparator.comparingDouble(bin -> -bin.value / bin.degree);
    Layout layout = Layout.EMPTY;
    for (Bin bin : bins.stream().sorted(mostValue).toList()) {
      int gangs = Math.min(bin.gangs, gangsWithin(bin, supply[bin.device], left));
      if (gangs > 0) {
        layout =
            layout.plus(Configuration.of(instance, Arrays.copyOf(bin.options, bin.size)), gangs);
        supply[bin.device] -= gangs * bin.degree;
        take(bin, gangs, left);
      }
    }
    return layout;
  }

  private int gangsWithin(Bin bin, int supply, double[] left) {
    int gangs = supply / bin.degree;
    Instance.Taking[] takings = {instance.money, instance.watts, instance.grams};
    for (int i = 0; i < left.length; i++) {
      double each = bin.degree * takings[i].held()[bin.device];
      if (left[i] < Double.POSITIVE_INFINITY && each > 0) {
        gangs = Math.min(gangs, (int) Math.floor(left[i] / each + NOTHING));
      }
    }
    return gangs;
  }

  private void take(Bin bin, int gangs, double[] left) {
    Instance.Taking[] takings = {instance.money, instance.watts, instance.grams};
    for (int i = 0; i < left.length; i++) {
      if (left[i] < Double.POSITIVE_INFINITY) {
        left[i] -= gangs * bin.degree * takings[i].held()[bin.device];
      }
    }
  }
}
