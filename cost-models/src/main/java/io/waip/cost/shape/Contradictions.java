package io.waip.cost.shape;

import io.waip.api.measurement.MeasurementFormatException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds shapes whose times cannot be of one thing.
 *
 * <p>A batch that contains another takes at least as long, but for the steps of tiles, which are
 * far below a factor of 2 (at most 1.34 on the 71 curves of Vidur's repository). A shape that took
 * less than half the time of one it contains was not executed as it is written: a batch that did
 * not fit the memory and was cut, a run that failed. The shape in most contradictions is set aside,
 * then the next, until none is left; of two that contradict only each other nobody knows which is
 * wrong, and both are.
 *
 * <p>A factor of 100 beyond what the work explains is no measurement but a second unit in the file.
 */
final class Contradictions {
  private static final double MAX_FALL = 2;
  private static final double OTHER_UNIT = 100;

  private final List<PooledShape> kept;
  private final List<PooledShape> setAside = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();

  /**
   * Looks at the shapes of one subject.
   *
   * @throws MeasurementFormatException if they are in more than one unit
   */
  Contradictions(List<PooledShape> shapes) {
    kept = new ArrayList<>(shapes);
    requireOneUnit();
    Optional<PooledShape> worst = worst();
    while (worst.isPresent()) {
      setAside(worst.get());
      worst = worst();
    }
  }

  /** Returns the shapes that agree, in the order given. */
  List<PooledShape> kept() {
    return kept;
  }

  /** Returns the others. */
  List<PooledShape> setAside() {
    return setAside;
  }

  /** Returns why each of {@link #setAside} was. */
  List<String> reasons() {
    return reasons;
  }

  private Optional<PooledShape> worst() {
    return kept.stream()
        .filter(shape -> count(shape) > 0)
        .max(Comparator.comparingLong(this::count));
  }

  private void setAside(PooledShape shape) {
    List<PooledShape> rivals = kept.stream().filter(other -> contradict(shape, other)).toList();
    kept.remove(shape);
    add(shape, rivals.getFirst());
    for (PooledShape rival : rivals) {
      boolean onlyEachOther = rivals.size() == 1 && count(rival) == 0;
      if (onlyEachOther) {
        kept.remove(rival);
        add(rival, shape);
      }
    }
  }

  private void add(PooledShape shape, PooledShape rival) {
    setAside.add(shape);
    reasons.add(
        "%s for batch %d, length %d, where %s has %s for batch %d, length %d"
            .formatted(
                PooledShape.millis(shape.nanos()),
                shape.batch(),
                shape.length(),
                rival.source(),
                PooledShape.millis(rival.nanos()),
                rival.batch(),
                rival.length()));
  }

  private long count(PooledShape shape) {
    return kept.stream().filter(other -> contradict(shape, other)).count();
  }

  private static boolean contradict(PooledShape a, PooledShape b) {
    return a.contains(b) ? falls(b, a) : b.contains(a) && falls(a, b);
  }

  private static boolean falls(PooledShape small, PooledShape large) {
    return small.nanos() > MAX_FALL * large.nanos();
  }

  private void requireOneUnit() {
    for (PooledShape small : kept) {
      for (PooledShape large : kept) {
        if (large.contains(small) && areOfTwoUnits(small, large)) {
          throw new MeasurementFormatException(
              large.source(),
              "%s for batch %d, length %d, where %s has %s for batch %d, length %d"
                  .formatted(
                      PooledShape.millis(large.nanos()),
                      large.batch(),
                      large.length(),
                      small.source(),
                      PooledShape.millis(small.nanos()),
                      small.batch(),
                      small.length()),
              "one unit in the whole file",
              "convert the lines of the other unit");
        }
      }
    }
  }

  /** Work grows at most with the square of the elements. */
  private static boolean areOfTwoUnits(PooledShape small, PooledShape large) {
    double work = large.elements() / small.elements();
    double time = large.nanos() / small.nanos();
    return time * OTHER_UNIT < 1 || time > OTHER_UNIT * work * work;
  }
}
