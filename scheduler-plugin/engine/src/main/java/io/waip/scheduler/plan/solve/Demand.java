package io.waip.scheduler.plan.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked for and not served yet, by service; requests per second. */
final class Demand {
  /** Options that are loaded together at most where nothing asks for more. */
  private static final int ENOUGH = 4;

  private final Instance instance;
  private final double[] unmet;

  private Demand(Instance instance, double[] unmet) {
    this.instance = instance;
    this.unmet = unmet;
  }

  /** Returns what a division leaves; all demand where there is none. */
  static Demand left(Instance instance, @Nullable Fitting fitting) {
    double[] unmet = instance.services.stream().mapToDouble(s -> s.ratePerSecond()).toArray();
    Demand demand = new Demand(instance, unmet);
    if (fitting != null) {
      for (int c = 0; c < fitting.times().length; c++) {
        demand.add(fitting.configurations().get(c), fitting.times()[c], -1);
      }
    }
    return demand;
  }

  private void add(Configuration configuration, double[] times, double factor) {
    for (int i = 0; i < times.length; i++) {
      int option = configuration.options()[i];
      int service = instance.serviceOf[option];
      unmet[service] = Math.max(0, unmet[service] + factor * times[i] * instance.rate(option));
    }
  }

  /** Returns what is left once a gang of a configuration is taken away. */
  Demand without(@Nullable Fitting fitting, Configuration old) {
    Demand more = new Demand(instance, unmet.clone());
    int index = fitting == null ? -1 : fitting.configurations().indexOf(old);
    if (fitting != null && index >= 0) {
      more.add(old, fitting.times()[index], 1.0 / fitting.layout().count(old));
    }
    return more;
  }

  /** Returns the configuration of like options that serves most of the value that is left. */
  Configuration fill(int[] alike) {
    int[] chosen = new int[alike.length];
    double[] left = unmet.clone();
    double time = 1;
    int size = 0;
    while (size < alike.length) {
      int next = best(alike, chosen, size, left, time);
      if (next < 0 || (time < 1e-9 && size >= ENOUGH)) {
        break;
      }
      chosen[size++] = next;
      int service = instance.serviceOf[next];
      double taken = Math.min(time, left[service] / instance.rate(next));
      time -= taken;
      left[service] -= taken * instance.rate(next);
    }
    return Configuration.of(instance, Arrays.copyOf(chosen, size));
  }

  private int best(int[] alike, int[] chosen, int size, double[] left, double time) {
    int best = -1;
    double most = -1;
    for (int option : alike) {
      double share =
          Math.min(Math.max(time, 1e-9), left[instance.serviceOf[option]] / instance.rate(option));
      double value = instance.value(option) * share * (promised(option) ? 1e3 : 1);
      if (value > most) {
        chosen[size] = option;
        if (instance.fit(chosen, size + 1)) {
          best = option;
          most = value;
        }
      }
    }
    return best;
  }

  private boolean promised(int option) {
    return instance.services.get(instance.serviceOf[option]).promisedPerSecond() > 0;
  }

  /** Returns the configurations that hold one option more, of services with unmet demand. */
  List<Configuration> extensions(Configuration old, List<int[]> alike) {
    List<Configuration> extensions = new ArrayList<>();
    int[] more = Arrays.copyOf(old.options(), old.options().length + 1);
    for (int[] group : alike) {
      boolean same =
          instance.deviceOf[group[0]] == old.device() && instance.degree(group[0]) == old.degree();
      for (int option : same ? group : new int[0]) {
        more[more.length - 1] = option;
        boolean useful = unmet[instance.serviceOf[option]] > 0 && old.indexOf(option) < 0;
        if (useful && instance.fit(more, more.length)) {
          extensions.add(Configuration.of(instance, more));
        }
      }
    }
    return extensions;
  }
}
