package io.waip.triton;

import io.waip.api.drift.Change;
import io.waip.api.drift.Signal;
import java.util.Locale;

/**
 * A lasting change of the requests or of execution times.
 *
 * @param signal what drifted
 * @param subject whose: tenant and service of a {@link Signal#CLASS_MIX}, model of a {@link
 *     Signal#RESIDUAL}, else empty
 * @param change where to
 * @param before mean before it; NaN where that is not known any more
 * @param after mean since: requests a second, elements (geometric mean), share of the requests, or
 *     measured over predicted time (geometric mean), as the signal is
 * @param seconds since it began, about
 * @param untold alarms of the same stream since the one told before
 */
public record Drift(
    Signal signal,
    String subject,
    Change change,
    double before,
    double after,
    int seconds,
    int untold) {
  /** Returns one line for a log. */
  public String line() {
    String of = subject.isEmpty() ? "" : " of '" + subject + "'";
    String more = untold == 0 ? "" : ", " + untold + " more alarms before";
    return String.format(
        Locale.ROOT,
        "planner: drift: %s%s %s from %s to %s since %d s%s; a new plan may be worth making",
        name(),
        of,
        change == Change.RISE ? "rose" : "fell",
        amount(before),
        amount(after),
        seconds,
        more);
  }

  private String name() {
    return switch (signal) {
      case ARRIVALS -> "arrivals";
      case LENGTH -> "length";
      case CLASS_MIX -> "share";
      case HIT_RATE -> "hit rate";
      case RESIDUAL -> "time";
    };
  }

  private String amount(double value) {
    if (Double.isNaN(value)) {
      return "unknown";
    }
    return switch (signal) {
      case ARRIVALS -> String.format(Locale.ROOT, "%.1f/s", value);
      case LENGTH -> String.format(Locale.ROOT, "%.0f", value);
      case CLASS_MIX, HIT_RATE -> String.format(Locale.ROOT, "%.1f %%", 100 * value);
      case RESIDUAL -> String.format(Locale.ROOT, "x%.2f", value);
    };
  }
}
