package io.waip.cli.replay.page;

import io.waip.cli.input.UserError;
import io.waip.cli.report.Texts;
import io.waip.replay.PolicyRun;
import io.waip.replay.Replay;
import io.waip.replay.ReplayReport;
import io.waip.replay.limit.ClairvoyantGoodput;
import io.waip.replay.limit.GoodputLimit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs the policies of a report over the same requests at other loads; the report's own load is one
 * of the points.
 */
final class LoadSweep {
  /** Loads closer than this, as a share, are one. */
  private static final double SAME = 0.001;

  private final ReplayReport report;
  private final Consumer<String> watch;

  /**
   * Prepares a sweep.
   *
   * @param watch told of each step before it begins; what it throws ends the sweep
   */
  LoadSweep(ReplayReport report, Consumer<String> watch) {
    this.report = report;
    this.watch = watch;
  }

  /**
   * Returns a point for each load and one for the report's own, ascending.
   *
   * @throws UserError if the requests cannot be offered at one of the loads
   */
  List<LoadPoint> run(List<Double> loads) {
    LoadPoint own = LoadPoint.of(report);
    List<LoadPoint> points = new ArrayList<>(List.of(own));
    List<Double> others =
        loads.stream().filter(load -> Math.abs(load - own.load()) > SAME * own.load()).toList();
    for (int i = 0; i < others.size(); i++) {
      String step = Texts.format("load %.3f, %d of %d: ", others.get(i), i + 1, others.size());
      points.add(LoadPoint.of(at(others.get(i), step)));
    }
    points.sort(Comparator.comparingDouble(LoadPoint::load));
    return points;
  }

  private ReplayReport at(double load, String step) {
    Replay replay = paced(load);
    watch.accept(step + "limit");
    GoodputLimit limit = replay.limit();
    watch.accept(step + "best schedule");
    Optional<ClairvoyantGoodput> clairvoyant = replay.clairvoyant();
    List<PolicyRun> runs = new ArrayList<>();
    for (PolicyRun run : report.runs()) {
      watch.accept(step + run.policy().label());
      runs.add(replay.play(run.policy()));
    }
    return new ReplayReport(report.spec(), replay, limit, clairvoyant, report.tuned(), runs);
  }

  private Replay paced(double load) {
    try {
      return report.replay().atLoad(load);
    } catch (IllegalArgumentException e) {
      throw UserError.usage(String.valueOf(e.getMessage()), "--report-loads", "", "");
    }
  }
}
