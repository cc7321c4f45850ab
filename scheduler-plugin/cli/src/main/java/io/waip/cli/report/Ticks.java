package io.waip.cli.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Round values along an axis from 0.
 *
 * @param step between two ticks, 1, 2 or 5 times a power of ten
 * @param top last tick, at or above the largest value
 */
record Ticks(double step, double top) {
  private static final double WANTED = 5;

  /** Returns about five ticks that cover {@code [0, max]}. */
  static Ticks upTo(double max) {
    double span = max > 0 ? max : 1;
    double raw = span / WANTED;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = power;
    for (double factor : new double[] {1, 2, 5, 10}) {
      step = factor * power;
      if (step >= raw * (1 - 1e-9)) {
        break;
      }
    }
    return new Ticks(step, Math.ceil(span / step - 1e-9) * step);
  }

  List<Double> values() {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i * step <= top * (1 + 1e-9); i++) {
      values.add(i * step);
    }
    return values;
  }

  String label(double value) {
    int decimals = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    return Texts.format("%." + decimals + "f", value);
  }
}
