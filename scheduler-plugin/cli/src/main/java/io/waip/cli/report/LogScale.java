package io.waip.cli.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Equal distances for equal ratios.
 *
 * @param from value at the left end, {@code > 0}
 * @param to value at the right end, above {@code from}
 */
public record LogScale(double from, double to) implements Scale {
  private static final int MOST_TICKS = 9;
  private static final int[] FACTORS = {1, 2, 5};

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if the ends are not positive and finite or not in order
   */
  public LogScale {
    if (!(from > 0 && from < to) || Double.isInfinite(to)) {
      throw new IllegalArgumentException("a scale from %s to %s".formatted(from, to));
    }
  }

  /**
   * Returns a scale that shows all of these values; both ends are 1, 2 or 5 times a power of 10.
   */
  public static LogScale over(double least, double most) {
    double from = steps(least, least).getFirst();
    return new LogScale(from, steps(from, Math.max(most, 1.5 * from)).getLast());
  }

  /** Returns the steps from the last at or below a value to the first at or above another. */
  private static List<Double> steps(double least, double most) {
    List<Double> steps = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(least)) - 1; ; power++) {
      for (int factor : FACTORS) {
        double step = factor * Math.pow(10, power);
        if (step <= least * (1 + 1e-9)) {
          steps.clear();
        }
        steps.add(step);
        if (step >= most * (1 - 1e-9)) {
          return steps;
        }
      }
    }
  }

  @Override
  public double share(double value) {
    return Math.clamp(Math.log(value / from) / Math.log(to / from), 0, 1);
  }

  @Override
  public List<Double> ticks() {
    List<Double> all = steps(from, to);
    return all.size() <= MOST_TICKS ? all : all.stream().filter(LogScale::isPowerOfTen).toList();
  }

  private static boolean isPowerOfTen(double step) {
    double power = Math.log10(step);
    return Math.abs(power - Math.rint(power)) < 1e-6;
  }

  @Override
  public String label(double tick) {
    int decimals = Math.max(0, (int) -Math.floor(Math.log10(tick) + 1e-9));
    return Texts.format("%." + decimals + "f", tick);
  }
}
