package io.waip.cli.replay.page;

import io.waip.cli.report.Chart;
import io.waip.cli.report.HeatMap;
import io.waip.cli.report.ReportPage;
import io.waip.replay.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Batch sizes and queue depths over time, for each policy. */
final class TimelineCharts {
  private static final double NANOS_PER_SECOND = 1e9;

  private TimelineCharts() {}

  static ReportPage.Section of(View view) {
    int deepest = view.timelines().stream().mapToInt(Timeline::deepestBin).max().orElse(0);
    List<Chart> charts = new ArrayList<>();
    for (int run = 0; run < view.timelines().size(); run++) {
      charts.add(batches(view, run));
      charts.add(queue(view, run, deepest));
    }
    return new ReportPage.Section(
        "Batches and queue over time",
        "From the first arrival to the end of the window; what runs on after it is not shown.",
        charts);
  }

  private static Chart batches(View view, int run) {
    Timeline timeline = view.timelines().get(run);
    return map(
            timeline,
            View.color(run),
            "requests in a batch",
            names(timeline.sizeBins(), bin -> size(timeline, bin)),
            timeline::workerShare)
        .draw(
            "Batch sizes of " + view.name(run),
            "Share of all workers' time in batches of a size; the rest to 100 % was idle.");
  }

  private static Chart queue(View view, int run, int deepest) {
    Timeline timeline = view.timelines().get(run);
    return map(
            timeline,
            View.color(run),
            "requests waiting, at least",
            names(deepest + 1, bin -> String.valueOf(Timeline.leastDepth(bin))),
            timeline::queueShare)
        .draw(
            "Queue of " + view.name(run),
            "Share of the time during which so many requests waited; a row reaches up to the next.");
  }

  /** A share by step and bin. */
  private interface Share {
    double at(int step, int bin);
  }

  private static HeatMap map(
      Timeline timeline, int color, String axis, List<String> bins, Share share) {
    List<List<Double>> shares =
        IntStream.range(0, Timeline.STEPS)
            .mapToObj(step ->
                IntStream.range(0, bins.size()).mapToObj(bin -> share.at(step, bin)).toList())
            .toList();
    return new HeatMap(color, axis, bins, timeline.windowNanos() / NANOS_PER_SECOND, shares);
  }

  private static List<String> names(int bins, IntFunction<String> name) {
    return IntStream.range(0, bins).mapToObj(name).toList();
  }

  private static String size(Timeline timeline, int bin) {
    int least = timeline.leastSize(bin);
    int most = timeline.mostSize(bin);
    return least == most ? String.valueOf(least) : least + "–" + most;
  }
}
