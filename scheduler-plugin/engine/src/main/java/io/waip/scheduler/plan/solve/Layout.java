package io.waip.scheduler.plan.solve;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is loaded where, without how the time is divided.
 *
 * @param gangs of each configuration, {@code >= 1}
 */
record Layout(SortedMap<Configuration, Integer> gangs) {
  static final Layout EMPTY = new Layout(new TreeMap<>());

  /** Copies the map, and leaves out what has no gang. */
  Layout {
    TreeMap<Configuration, Integer> used = new TreeMap<>((Map<Configuration, Integer>) gangs);
    used.values().removeIf(count -> count == 0);
    gangs = Collections.unmodifiableSortedMap(used);
  }

  /** Returns the configurations in order. */
  List<Configuration> configurations() {
    return List.copyOf(gangs.keySet());
  }

  /** Returns the gangs of a configuration, {@code >= 0}. */
  int count(Configuration configuration) {
    return gangs.getOrDefault(configuration, 0);
  }

  /** Returns the same with more gangs of a configuration, or fewer. */
  Layout plus(Configuration configuration, int more) {
    SortedMap<Configuration, Integer> changed = new TreeMap<>(gangs);
    changed.merge(configuration, more, Integer::sum);
    return new Layout(changed);
  }

  /** Returns the devices used of a supply. */
  int devices(int supply) {
    return gangs.entrySet().stream()
        .filter(entry -> entry.getKey().device() == supply)
        .mapToInt(entry -> entry.getKey().degree() * entry.getValue())
        .sum();
  }

  /** Says whether no supply has too few devices. */
  boolean withinSupply(Instance instance) {
    for (int d = 0; d < instance.devices.size(); d++) {
      if (devices(d) > instance.devices.get(d).count()) {
        return false;
      }
    }
    return true;
  }
}
