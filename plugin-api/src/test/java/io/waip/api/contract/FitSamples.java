package io.waip.api.contract;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import io.waip.api.measurement.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;

/** Measurements of subjects whose law is known, for {@link CostModelFitterContract}. */
final class FitSamples {
  /** {@code 1 ms + 20 us b + 4 us b L}. */
  static final Subject WHOLE = new Subject("whole", Phase.WHOLE, "cpu", 1, 2);

  /** {@code 10 ms + 200 us b + 40 us b L}. */
  static final Subject PREFILL = new Subject("prefill", Phase.PREFILL, "gpu", 2, 0);

  private static final int[] BATCHES = {1, 2, 4, 8, 16};
  private static final int[] LENGTHS = {8, 16, 32, 64, 128, 256};

  private FitSamples() {}

  /** Returns 30 shapes of {@link #WHOLE}, one of them twice, then 30 of {@link #PREFILL}. */
  static List<Measurement> twoSubjects() {
    List<Measurement> all = grid(WHOLE, 1, 0.02);
    all.add(at(WHOLE, 4, 64, law(4, 64), 99));
    all.addAll(grid(PREFILL, 10, 0.02));
    return List.copyOf(all);
  }

  /**
   * Returns 30 shapes of {@link #WHOLE}.
   *
   * @param spread standard deviation of the log of the noise that each shape has for itself
   */
  static List<Measurement> noisy(double spread) {
    return List.copyOf(grid(WHOLE, 1, spread));
  }

  /** Returns the median at a shape of {@link #WHOLE} without noise, nanoseconds. */
  static double law(int batch, int length) {
    return 1e6 + 2e4 * batch + 4e3 * batch * length;
  }

  private static List<Measurement> grid(Subject subject, double factor, double spread) {
    Random noise = new Random(11);
    List<Measurement> grid = new ArrayList<>();
    for (int batch : BATCHES) {
      for (int length : LENGTHS) {
        double nanos = factor * law(batch, length) * Math.exp(spread * noise.nextGaussian());
        grid.add(at(subject, batch, length, nanos, grid.size() + 2));
      }
    }
    return grid;
  }

  static Measurement at(Subject subject, int batch, int length, double nanos, int line) {
    Source source = new Source(subject.variant() + ".csv", line);
    return new Measurement(subject, batch, length, nanos, OptionalDouble.empty(), 3, source);
  }
}
