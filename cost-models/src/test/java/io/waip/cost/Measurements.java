package io.waip.cost;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import io.waip.api.measurement.Subject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Measurements for tests. */
public final class Measurements {
  /** A subject of whom nothing but the name is known. */
  public static final Subject SUBJECT = new Subject("m", Phase.WHOLE, "", 1, 0);

  private Measurements() {}

  /** One measurement in a line of a file. */
  public static Measurement at(Subject subject, int batch, int length, double nanos, int line) {
    return new Measurement(
        subject, batch, length, nanos, OptionalDouble.empty(), 1, new Source("f.csv", line));
  }

  /**
   * Times of one request of several lengths.
   *
   * @param spread standard deviation of the log of the noise
   */
  public static List<Measurement> curve(
      Subject subject, DoubleUnaryOperator nanosAtLength, int[] lengths, double spread) {
    Random noise = new Random(7);
    List<Measurement> curve = new ArrayList<>();
    for (int length : lengths) {
      double factor = Math.exp(spread * noise.nextGaussian());
      double nanos = factor * nanosAtLength.applyAsDouble(length);
      curve.add(at(subject, 1, length, nanos, curve.size() + 2));
    }
    return curve;
  }

  /** Whole multiples of a step: {@code step, 2 * step, ...}. */
  public static int[] multiples(int step, int count) {
    int[] multiples = new int[count];
    for (int i = 0; i < count; i++) {
      multiples[i] = step * (i + 1);
    }
    return multiples;
  }

  /**
   * Returns a shared table: in the folder WAIP_SHARED, or in {@code shared} beside the checkout.
   */
  public static Optional<Path> shared(String name) {
    String given = System.getenv("WAIP_SHARED");
    Path folder = given == null ? checkout().resolveSibling("shared") : Path.of(given);
    Path file = folder.resolve("traces").resolve(name);
    return Files.isReadable(file) ? Optional.of(file) : Optional.empty();
  }

  private static Path checkout() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("plugin-api/pom.xml"))) {
      folder = Objects.requireNonNull(folder.getParent(), "not inside a checkout");
    }
    return folder;
  }
}
