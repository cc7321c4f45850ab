package io.waip.cli.bench.front;

import io.waip.cli.bench.load.LoadFigures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the front has to keep, and the lines that say which of it was missed. */
final class FrontBars {
  /** Median latency the front may add at low load: the upper end of its interval counts. */
  static final double MAX_ADDED_P50_MS = 0.3;

  /** Time after which a client sees a stock server again, whatever became of the planner. */
  static final double MAX_STOCK_MS = 1000;

  private FrontBars() {}

  /** The bars missed, one line each. */
  static List<String> missed(
      AddedLatency added, @Nullable LoadFigures campaign, List<FaultFigures> faults) {
    List<String> lines = new ArrayList<>();
    if (!(added.addedP50MsHigh() <= MAX_ADDED_P50_MS)) {
      lines.add(
          "the front adds %.3f ms [%.3f, %.3f] to the median latency; bar: interval below %.1f ms"
              .formatted(
                  added.addedP50Ms(),
                  added.addedP50MsLow(),
                  added.addedP50MsHigh(),
                  MAX_ADDED_P50_MS));
    }
    if (campaign != null) {
      addAccount(lines, campaign);
    }
    faults.forEach(fault -> addFault(lines, fault));
    return lines;
  }

  private static void addAccount(List<String> lines, LoadFigures load) {
    if (load.lost() + load.errors() + load.wrong() + load.duplicated() > 0) {
      lines.add(
          ("of %d requests during the faults %d were lost, %d answered with an error, %d wrongly,"
                  + " %d twice; bar: none%s")
              .formatted(
                  load.sent(),
                  load.lost(),
                  load.errors(),
                  load.wrong(),
                  load.duplicated(),
                  load.errorGroups().isEmpty()
                      ? ""
                      : "; most frequent error: "
                          + load.errorGroups().getFirst().code()
                          + " "
                          + load.errorGroups().getFirst().message()));
    }
  }

  private static void addFault(List<String> lines, FaultFigures fault) {
    if (fault.unrecovered() > 0) {
      lines.add(
          "%s: the planner did not come back in %d of %d runs"
              .formatted(fault.name(), fault.unrecovered(), fault.runs()));
    }
    if (fault.ineffective() > 0) {
      lines.add(
          "%s: the front did not notice in %d of %d runs"
              .formatted(fault.name(), fault.ineffective(), fault.runs()));
    }
    if (fault.lost() + fault.errors() + fault.wrong() > 0) {
      lines.add(
          "%s: %d lost, %d errors, %d wrong; bar: none"
              .formatted(fault.name(), fault.lost(), fault.errors(), fault.wrong()));
    }
    if (fault.stockMs() > MAX_STOCK_MS) {
      lines.add(
          "%s: answers paused for up to %.0f ms; bar: %.0f ms"
              .formatted(fault.name(), fault.stockMs(), MAX_STOCK_MS));
    }
  }
}
