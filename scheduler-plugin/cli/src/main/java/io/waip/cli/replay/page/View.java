package io.waip.cli.replay.page;

import io.waip.cli.report.Series;
import io.waip.replay.PolicyRun;
import io.waip.replay.ReplayReport;
import io.waip.replay.Timeline;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Everything a page shows.
 *
 * @param timelines one for each run of the report
 * @param loads ascending, the report's own among them
 */
record View(
    ReplayReport report,
    List<Timeline> timelines,
    List<LoadPoint> loads,
    ReportOptions.Subject subject) {
  private static final int FIRST_COLOR = 8;
  private static final int COLORS = 8;

  /** Copies the lists. */
  View {
    timelines = List.copyOf(timelines);
    loads = List.copyOf(loads);
  }

  List<PolicyRun> runs() {
    return report.runs();
  }

  /** Returns the name of a run's policy. */
  String name(int run) {
    return runs().get(run).policy().label();
  }

  List<String> names() {
    return runs().stream().map(run -> run.policy().label()).toList();
  }

  /** Returns the colour of a run in every chart. */
  static int color(int run) {
    return FIRST_COLOR + run % COLORS;
  }

  /** Returns one series for each run, in its colour. */
  List<Series> series(Function<PolicyRun, List<Double>> values) {
    return IntStream.range(0, runs().size())
        .mapToObj(i -> new Series(name(i), color(i), values.apply(runs().get(i))))
        .toList();
  }
}
