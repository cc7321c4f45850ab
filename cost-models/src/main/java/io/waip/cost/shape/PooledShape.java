package io.waip.cost.shape;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Source;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * All measurements of one shape of one subject.
 *
 * @param batch requests, {@code >= 1}
 * @param length tokens or elements, {@code >= 1}
 * @param nanos median of the measurements' medians, nanoseconds
 * @param repeats the measurements, in the order they were given; at least one
 */
public record PooledShape(int batch, int length, double nanos, List<Measurement> repeats) {
  /** Smaller shapes first: by batch, then by length. */
  public static final Comparator<PooledShape> BY_SHAPE =
      Comparator.comparingInt(PooledShape::batch).thenComparingInt(PooledShape::length);

  /** Repeats of one shape further apart than this are no noise of one thing. */
  private static final double MAX_SPREAD = 2;

  /** Copies the list. */
  public PooledShape {
    repeats = List.copyOf(repeats);
  }

  /**
   * Pools measurements of one shape.
   *
   * @throws MeasurementFormatException if two of them differ by more than a factor of 2
   */
  static PooledShape of(List<Measurement> repeats) {
    List<Measurement> sorted =
        repeats.stream().sorted(Comparator.comparingDouble(Measurement::medianNanos)).toList();
    requireAgreement(sorted.getFirst(), sorted.getLast());
    Measurement any = repeats.getFirst();
    int half = sorted.size() / 2;
    double upper = sorted.get(half).medianNanos();
    double lower = sorted.get(sorted.size() - 1 - half).medianNanos();
    return new PooledShape(any.batch(), any.length(), (lower + upper) / 2, repeats);
  }

  private static void requireAgreement(Measurement least, Measurement most) {
    if (most.medianNanos() > MAX_SPREAD * least.medianNanos()) {
      throw new MeasurementFormatException(
          most.source(),
          "%s where %s has %s for the same shape, batch %d and length %d"
              .formatted(
                  millis(most.medianNanos()),
                  least.source(),
                  millis(least.medianNanos()),
                  most.batch(),
                  most.length()),
          "repeats within a factor of %.0f".formatted(MAX_SPREAD),
          "remove the wrong line, or both");
    }
  }

  /** Returns where the first of the measurements stands. */
  public Source source() {
    return repeats.getFirst().source();
  }

  /** Returns the executions behind all measurements. */
  public long samples() {
    return repeats.stream().mapToLong(Measurement::samples).sum();
  }

  /** Returns the largest 99th percentile, nanoseconds; empty unless every repeat has one. */
  public OptionalDouble p99Nanos() {
    return repeats.stream().allMatch(m -> m.p99Nanos().isPresent())
        ? repeats.stream().flatMapToDouble(m -> m.p99Nanos().stream()).max()
        : OptionalDouble.empty();
  }

  /** Returns the number of elements of a padded batch. */
  double elements() {
    return (double) batch * length;
  }

  /** Says whether no other shape of this batch and length or less can take longer. */
  boolean contains(PooledShape other) {
    return batch >= other.batch && length >= other.length;
  }

  static String millis(double nanos) {
    return String.format(Locale.ROOT, "%.4g ms", nanos / 1e6);
  }
}
