package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.BatchCurve;
import io.waip.replay.diagnose.BatchTally;
import io.waip.replay.diagnose.Counters;
import io.waip.replay.diagnose.Tallied;
import io.waip.replay.diagnose.Tally;
import java.util.Map;

/** Compares the same work in two parts of the time. Stateless. */
final class Phases {
  private Phases() {}

  /**
   * Returns how many times as long the executions of one part took as they would have at the times
   * of another: at its mean of their size where it has one, else at its line.
   *
   * @return 1 where nothing can be compared
   */
  static double ratio(Counters judged, Counters standard) {
    BatchCurve curve = BatchCurve.of(standard);
    double took = 0;
    double due = 0;
    for (Map.Entry<Integer, BatchTally> each : judged.batches().entrySet()) {
      double nanos =
          curve
              .meanNanos(each.getKey())
              .orElse(curve.hasLine() ? curve.lineNanos(each.getKey()) : 0);
      if (nanos > 0) {
        took += each.getValue().nanos();
        due += nanos * each.getValue().executions();
      }
    }
    return due > 0 ? took / due : 1;
  }

  /** Returns the mean time of a request answered in a part, milliseconds; 0 where none was. */
  static double totalMillis(Counters part) {
    Tally success = part.tally(Tallied.SUCCESS);
    return success.count() == 0 ? 0 : success.nanos() / 1e6 / success.count();
  }
}
