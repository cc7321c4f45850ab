package io.waip.cli.report;

import java.util.List;

/** Where values lie along a horizontal axis, and which of them are labelled. */
public sealed interface Scale permits LinearScale, LogScale {
  /** Returns where a value lies, 0 at the left end and 1 at the right; values beyond are cut. */
  double share(double value);

  /** Returns the labelled values, ascending. */
  List<Double> ticks();

  /** Returns the label of one of the {@link #ticks}. */
  String label(double tick);
}
