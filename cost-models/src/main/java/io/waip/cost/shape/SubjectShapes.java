package io.waip.cost.shape;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The shapes of one subject.
 *
 * @param subject what was measured
 * @param shapes shapes that agree with each other, smaller ones first
 * @param setAside shapes that contradict others
 * @param reasons why each of these was set aside
 */
public record SubjectShapes(
    Subject subject, List<PooledShape> shapes, List<PooledShape> setAside, List<String> reasons) {
  /** Fewest shapes of which one can be held out while a law is fitted to the others. */
  public static final int MIN_SHAPES = 4;

  /** Copies the lists. */
  public SubjectShapes {
    shapes = List.copyOf(shapes);
    setAside = List.copyOf(setAside);
    reasons = List.copyOf(reasons);
  }

  /**
   * Sorts measurements by subject and shape.
   *
   * @param measurements at least one
   * @return subjects in the order of their first measurement
   * @throws IllegalArgumentException if there is no measurement
   * @throws MeasurementFormatException if repeats of one shape contradict each other, a subject is
   *     measured in two units, or has fewer than {@link #MIN_SHAPES} shapes
   */
  public static List<SubjectShapes> of(List<Measurement> measurements) {
    if (measurements.isEmpty()) {
      throw new IllegalArgumentException("a fit needs at least one measurement");
    }
    Map<Subject, List<Measurement>> bySubject = new LinkedHashMap<>();
    for (Measurement measurement : measurements) {
      bySubject.computeIfAbsent(measurement.subject(), s -> new ArrayList<>()).add(measurement);
    }
    return bySubject.values().stream().map(SubjectShapes::ofOne).toList();
  }

  private static SubjectShapes ofOne(List<Measurement> measurements) {
    Map<Long, List<Measurement>> byShape = new TreeMap<>();
    for (Measurement measurement : measurements) {
      long key = ((long) measurement.batch() << Integer.SIZE) | measurement.length();
      byShape.computeIfAbsent(key, k -> new ArrayList<>()).add(measurement);
    }
    List<PooledShape> pooled = byShape.values().stream().map(PooledShape::of).toList();
    Contradictions split = new Contradictions(pooled);
    Measurement first = measurements.getFirst();
    if (split.kept().size() < MIN_SHAPES) {
      throw new MeasurementFormatException(
          first.source(),
          "%s has %d usable %s"
              .formatted(
                  first.subject().label(),
                  split.kept().size(),
                  split.kept().size() == 1 ? "point" : "points"),
          "at least %d different shapes (batch, length) of each subject".formatted(MIN_SHAPES),
          "measure more shapes or remove the subject");
    }
    return new SubjectShapes(first.subject(), split.kept(), split.setAside(), split.reasons());
  }

  /** Returns the same subject with some of its shapes. */
  public SubjectShapes withShapes(List<PooledShape> some) {
    return new SubjectShapes(subject, some, setAside, reasons);
  }

  /**
   * Returns the mean of {@code |measurement / median of its shape - 1|} over the measurements of
   * repeated shapes; empty where no shape was repeated.
   */
  public OptionalDouble repeatAbsRelError() {
    return shapes.stream()
        .filter(shape -> shape.repeats().size() > 1)
        .flatMapToDouble(shape ->
            shape.repeats().stream()
                .mapToDouble(m -> Math.abs(m.medianNanos() / shape.nanos() - 1)))
        .average();
  }
}
