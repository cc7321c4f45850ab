package io.waip.cli.replay.page;

import io.waip.cli.input.UserError;
import io.waip.cli.report.HtmlReport;
import io.waip.cli.report.Texts;
import io.waip.cli.runtime.Cancellation;
import io.waip.cli.runtime.ProgressLine;
import io.waip.replay.PolicyRun;
import io.waip.replay.Replay;
import io.waip.replay.ReplayReport;
import io.waip.replay.ReplaySpec;
import io.waip.replay.Timeline;
import io.waip.replay.TimelineRecorder;
import io.waip.replay.drive.RunObserver;
import io.waip.replay.policy.Policy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what the report shows beyond the figures while policies run, and writes it. */
public final class ReportRun {
  private final ReportOptions options;
  private final Cancellation cancellation;
  private final ProgressLine progress;
  private final List<Timeline> timelines = new ArrayList<>();

  /**
   * Prepares a report, which is made only where one was asked for.
   *
   * @param cancellation ends the sweep before its next step
   * @param progress where the sweep shows how far it is
   */
  public ReportRun(ReportOptions options, Cancellation cancellation, ProgressLine progress) {
    this.options = options;
    this.cancellation = cancellation;
    this.progress = progress;
  }

  /**
   * Runs a policy, and keeps its timeline where a report was asked for.
   *
   * @param observer told of what happens, too
   */
  public PolicyRun play(ReplaySpec spec, Replay replay, Policy policy, RunObserver observer) {
    if (!options.isWanted()) {
      return replay.play(policy, observer);
    }
    TimelineRecorder recorder =
        new TimelineRecorder(
            replay.workload(), spec.devices().workers(), spec.devices().maxBatch());
    PolicyRun run = replay.play(policy, recorder.and(observer));
    timelines.add(recorder.timeline());
    return run;
  }

  /**
   * Writes the report.
   *
   * @param report whose runs were all {@linkplain #play played} by this, in their order
   * @return the file, or empty where none was asked for
   * @throws UserError if the end was requested, a load cannot be offered, or the file not be
   *     written
   */
  public Optional<Path> write(ReplayReport report) {
    if (!options.isWanted()) {
      return Optional.empty();
    }
    List<Double> loads = options.loads(report.replay().workload().size());
    List<LoadPoint> points = new LoadSweep(report, this::step).run(loads);
    progress.done("report", Texts.format("%d loads", points.size()));
    View view = new View(report, timelines, points, options.subject());
    return Optional.of(options.reportFile().write(HtmlReport.of(ReplayPage.of(view))));
  }

  private void step(String text) {
    if (cancellation.isRequested()) {
      throw new UserError("stopped before " + text + "; no report written", "", "", "");
    }
    progress.update("report", text);
  }
}
