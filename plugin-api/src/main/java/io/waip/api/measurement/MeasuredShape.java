package io.waip.api.measurement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All measurements of one shape of one subject.
 *
 * @param batch requests, {@code >= 1}
 * @param length tokens or elements, {@code >= 1}
 * @param nanos median of the measurements' medians, nanoseconds {@code > 0}
 * @param repeats the measurements, in the order they were given; at least one
 */
public record MeasuredShape(int batch, int length, double nanos, List<Measurement> repeats) {
  private static final Comparator<Measurement> BY_SHAPE =
      Comparator.comparingInt(Measurement::batch).thenComparingInt(Measurement::length);

  /** Copies the list. */
  public MeasuredShape {
    repeats = List.copyOf(repeats);
  }

  /**
   * Sorts measurements by subject and shape.
   *
   * @return subjects in the order of their first measurement, each with its shapes by batch, then
   *     by length
   */
  public static Map<Subject, List<MeasuredShape>> bySubject(List<Measurement> measurements) {
    Map<Subject, Map<Measurement, List<Measurement>>> sorted = new LinkedHashMap<>();
    for (Measurement each : measurements) {
      sorted
          .computeIfAbsent(each.subject(), subject -> new TreeMap<>(BY_SHAPE))
          .computeIfAbsent(each, first -> new ArrayList<>())
          .add(each);
    }
    Map<Subject, List<MeasuredShape>> shapes = new LinkedHashMap<>();
    sorted.forEach((subject, repeats) ->
        shapes.put(subject, repeats.values().stream().map(MeasuredShape::of).toList()));
    return shapes;
  }

  private static MeasuredShape of(List<Measurement> repeats) {
    double[] nanos = repeats.stream().mapToDouble(Measurement::medianNanos).sorted().toArray();
    double median = (nanos[nanos.length / 2] + nanos[(nanos.length - 1) / 2]) / 2;
    Measurement any = repeats.getFirst();
    return new MeasuredShape(any.batch(), any.length(), median, repeats);
  }

  /** Returns the executions behind all measurements. */
  public long samples() {
    return repeats.stream().mapToLong(Measurement::samples).sum();
  }
}
