package io.waip.replay.limit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A class of devices as a relaxation sees it: its worker time, and what each request costs of it at
 * least. The array is shared, not copied.
 *
 * @param supply worker time
 * @param works worker nanoseconds of each request; infinite where the class cannot serve it in time
 */
@SuppressWarnings("ArrayRecordComponent") // A column; nobody compares or prints it.
record ClassWorks(Supply supply, double[] works) {
  private static final double SAME = 1e-12;

  /**
   * Returns classes whose works are in one proportion as one class.
   *
   * <p>Where {@code w' = rho w} for every request, a moment of the one class is worth rho of the
   * other, to whichever request it goes: the two are one supply in which the second counts rho
   * times. Rounding cannot make that too little: of the two works in the common measure the lesser
   * is taken, which is a bound for any rho.
   */
  static List<ClassWorks> pooled(List<ClassWorks> classes) {
    List<ClassWorks> pools = new ArrayList<>();
    for (ClassWorks each : classes) {
      int at = 0;
      while (at < pools.size() && pools.get(at).with(each) == null) {
        at++;
      }
      ClassWorks pool = at < pools.size() ? pools.get(at).with(each) : null;
      if (pool == null) {
        pools.add(each);
      } else {
        pools.set(at, pool);
      }
    }
    return pools;
  }

  private @Nullable ClassWorks with(ClassWorks other) {
    double ratio = Double.NaN;
    double[] least = new double[works.length];
    for (int i = 0; i < works.length; i++) {
      boolean here = Double.isFinite(works[i]);
      if (here != Double.isFinite(other.works[i])) {
        return null;
      }
      if (here && Double.isNaN(ratio)) {
        ratio = works[i] / other.works[i];
      }
      least[i] = here ? Math.min(works[i], ratio * other.works[i]) : works[i];
      if (here && Math.abs(ratio * other.works[i] - works[i]) > SAME * works[i]) {
        return null;
      }
    }
    return Double.isNaN(ratio) ? this : new ClassWorks(supply.plus(other.supply, ratio), least);
  }

  /** Says whether some request can be served by both. */
  boolean shares(ClassWorks other) {
    for (int i = 0; i < works.length; i++) {
      if (Double.isFinite(works[i]) && Double.isFinite(other.works[i])) {
        return true;
      }
    }
    return false;
  }

  /** Says whether a request can be served. */
  boolean serves(int request) {
    return Double.isFinite(works[request]);
  }

  /** Returns classes in groups such that no request can be served by classes of two groups. */
  static List<List<ClassWorks>> separate(List<ClassWorks> classes) {
    List<List<ClassWorks>> groups = new ArrayList<>();
    for (ClassWorks each : classes) {
      List<ClassWorks> joined = new ArrayList<>(List.of(each));
      for (List<ClassWorks> group : List.copyOf(groups)) {
        if (group.stream().anyMatch(each::shares)) {
          groups.remove(group);
          joined.addAll(group);
        }
      }
      groups.add(joined);
    }
    return groups;
  }

  /** Returns works of requests that cannot be served. */
  static double[] unservable(int requests) {
    double[] works = new double[requests];
    Arrays.fill(works, Double.POSITIVE_INFINITY);
    return works;
  }
}
