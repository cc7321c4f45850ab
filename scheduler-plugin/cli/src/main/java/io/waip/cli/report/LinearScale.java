package io.waip.cli.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Equal distances for equal differences.
 *
 * @param from value at the left end
 * @param to value at the right end, above {@code from}
 */
public record LinearScale(double from, double to) implements Scale {
  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if the ends are not finite or not in order
   */
  public LinearScale {
    if (!(from < to) || Double.isInfinite(to - from)) {
      throw new IllegalArgumentException("a scale from %s to %s".formatted(from, to));
    }
  }

  /** Returns a scale that shows all of these values, with some room where all are equal. */
  public static LinearScale over(double least, double most) {
    double room = most > least ? 0 : Math.max(Math.abs(most) / 10, Double.MIN_NORMAL);
    return new LinearScale(least - room, most + room);
  }

  @Override
  public double share(double value) {
    return Math.clamp((value - from) / (to - from), 0, 1);
  }

  @Override
  public List<Double> ticks() {
    double step = Ticks.upTo(to - from).step();
    List<Double> ticks = new ArrayList<>();
    for (double k = Math.ceil(from / step - 1e-9); k * step <= to + 1e-9 * step; k++) {
      ticks.add(k * step);
    }
    return ticks;
  }

  @Override
  public String label(double tick) {
    return Ticks.upTo(to - from).label(tick);
  }
}
