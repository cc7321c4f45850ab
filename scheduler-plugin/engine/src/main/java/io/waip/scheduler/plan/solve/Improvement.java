package io.waip.scheduler.plan.solve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Local improvement of a layout: a gang is added, taken away, loaded anew or loaded with more, as
 * long as that keeps more of the promises, or then gives a better score. The first change that does
 * is taken; changes are tried in a fixed order, the gang that is worth least first.
 */
final class Improvement {
  private final Instance instance;
  private final List<int[]> alike;
  private final Set<Layout> tried = new HashSet<>();
  private final TreeMap<Layout, Fitting> found = new TreeMap<>(BY_CONFIGURATIONS);
  private @Nullable Fitting best;
  private Layout current = Layout.EMPTY;
  private double kept = -1;
  private int workLeft;

  private static final Comparator<Layout> BY_CONFIGURATIONS =
      Comparator.comparing(layout -> layout.gangs().toString());

  /**
   * Where the search ended.
   *
   * @param fittings that break nothing, best first
   * @param layout that keeps most of the promises
   * @param promisesKept share of the promises that it keeps
   */
  record Outcome(List<Fitting> fittings, Layout layout, double promisesKept) {}

  private Improvement(Instance instance, int work) {
    this.instance = instance;
    alike = Configurations.alike(instance);
    workLeft = work;
  }

  /** Improves a layout. */
  static Outcome of(Instance instance, Layout start, int work) {
    Improvement search = new Improvement(instance, work);
    search.isBetter(Layout.EMPTY);
    search.isBetter(start);
    while (search.step()) {}
    List<Fitting> fittings = new ArrayList<>(search.found.values());
    fittings.sort(Comparator.comparing(Fitting::score).reversed());
    return new Outcome(fittings, search.current, search.kept);
  }

  private boolean step() {
    Layout from = current;
    Demand unmet = Demand.left(instance, best);
    for (int[] group : alike) {
      if (isBetter(from.plus(unmet.fill(group), 1))) {
        return true;
      }
    }
    for (Configuration least : leastWorthFirst()) {
      if (isBetter(from.plus(least, -1)) || changes(from, least, unmet)) {
        return true;
      }
    }
    return false;
  }

  private List<Configuration> leastWorthFirst() {
    List<Configuration> configurations = current.configurations();
    Fitting known = best;
    if (known == null) {
      return configurations;
    }
    return IntStream.range(0, known.configurations().size())
        .boxed()
        .sorted(Comparator.comparingDouble(c -> known.prices()[c] / degree(known, c)))
        .map(c -> known.configurations().get(c))
        .toList();
  }

  private static int degree(Fitting fitting, int configuration) {
    return fitting.configurations().get(configuration).degree();
  }

  private boolean changes(Layout from, Configuration old, Demand unmet) {
    Demand without = unmet.without(best, old);
    for (int[] group : alike) {
      Configuration filled = without.fill(group);
      Layout changed = from.plus(old, -1).plus(filled, 1);
      if (isBetter(changed)) {
        return true;
      }
      int more = filled.device() == old.device() ? old.degree() / filled.degree() - 1 : 0;
      if (more > 0 && isBetter(changed.plus(filled, more))) {
        return true;
      }
    }
    for (Configuration more : unmet.extensions(old, alike)) {
      if (isBetter(from.plus(old, -1).plus(more, 1))) {
        return true;
      }
    }
    return false;
  }

  private boolean isBetter(Layout layout) {
    int size = layout.gangs().keySet().stream().mapToInt(c -> 1 + c.options().length).sum();
    if (workLeft < 0 || !tried.add(layout)) {
      return false;
    }
    workLeft -= 1 + size;
    Optional<Fitting> fitting = Fitting.of(instance, layout);
    if (fitting.isPresent()) {
      Fitting next = fitting.get();
      found.putIfAbsent(next.layout(), next);
      Fitting before = best;
      if (before == null || next.score().compareTo(before.score()) > 0) {
        best = next;
        current = next.layout();
        kept = 1;
        return true;
      }
      return false;
    }
    return best == null && keepsMore(layout);
  }

  private boolean keepsMore(Layout layout) {
    double share = Fitting.promisesKept(instance, layout);
    if (share > kept + 1e-9) {
      kept = share;
      current = layout;
      return true;
    }
    return false;
  }
}
