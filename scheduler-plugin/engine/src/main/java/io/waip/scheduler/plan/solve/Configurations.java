package io.waip.scheduler.plan.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All configurations to which nothing can be added. A gang that holds less can hold one of them, at
 * no cost, so no others are needed.
 */
final class Configurations {
  private final Instance instance;
  private final int most;
  private final List<Configuration> found = new ArrayList<>();
  private int[] candidates = new int[0];
  private int visited;

  private Configurations(Instance instance, int most) {
    this.instance = instance;
    this.most = most;
  }

  /** Returns all of them; empty where there are more than {@code most}. */
  static Optional<List<Configuration>> all(Instance instance, int most) {
    Configurations search = new Configurations(instance, most);
    for (int[] alike : alike(instance)) {
      search.candidates = alike;
      if (!search.extend(new int[alike.length], 0, 0)) {
        return Optional.empty();
      }
    }
    return Optional.of(List.copyOf(search.found));
  }

  /** Returns the options that fit alone, by supply and degree. */
  static List<int[]> alike(Instance instance) {
    List<int[]> groups = new ArrayList<>();
    for (int d = 0; d < instance.devices.size(); d++) {
      int device = d;
      IntStream.range(0, instance.options.size())
          .filter(option -> instance.deviceOf[option] == device)
          .map(instance::degree)
          .distinct()
          .sorted()
          .forEach(degree -> groups.add(alike(instance, device, degree)));
    }
    groups.removeIf(group -> group.length == 0);
    return groups;
  }

  private static int[] alike(Instance instance, int device, int degree) {
    return IntStream.range(0, instance.options.size())
        .filter(o -> instance.deviceOf[o] == device && instance.degree(o) == degree)
        .filter(o -> degree <= instance.devices.get(device).count())
        .filter(o -> instance.fit(new int[] {o}, 1))
        .toArray();
  }

  /** Adds every maximal set that begins with the chosen options; false beyond the bound. */
  private boolean extend(int[] chosen, int size, int from) {
    if (++visited > 20L * most + 100) {
      return false;
    }
    for (int i = from; i < candidates.length; i++) {
      chosen[size] = candidates[i];
      if (instance.fit(chosen, size + 1) && !extend(chosen, size + 1, i + 1)) {
        return false;
      }
    }
    if (size > 0 && isMaximal(chosen, size)) {
      found.add(Configuration.of(instance, Arrays.copyOf(chosen, size)));
    }
    return found.size() <= most;
  }

  private boolean isMaximal(int[] chosen, int size) {
    int[] more = Arrays.copyOf(chosen, size + 1);
    for (int candidate : candidates) {
      more[size] = candidate;
      if (instance.fit(more, size + 1)) {
        return false;
      }
    }
    return true;
  }
}
