package io.waip.cli.replay.page;

import io.waip.cli.report.Texts;
import java.util.OptionalDouble;

/** Writes figures for the cells of tables; a dash where there is none. */
final class Cells {
  private static final String NONE = "–";

  private Cells() {}

  /** Returns a share as percent with one decimal. */
  static String percent(double share) {
    return Double.isFinite(share) ? Texts.format("%.1f %%", 100 * share) : NONE;
  }

  /** Returns a figure with one decimal. */
  static String tenths(double figure) {
    return Double.isFinite(figure) ? Texts.format("%.1f", figure) : NONE;
  }

  /** Returns a figure with one decimal. */
  static String tenths(OptionalDouble figure) {
    return figure.isPresent() ? tenths(figure.getAsDouble()) : NONE;
  }
}
