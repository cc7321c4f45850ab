package io.waip.cli.replay.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.cli.input.UserError;
import io.waip.cli.runtime.Cancellation;
import io.waip.cli.runtime.ProgressLine;
import io.waip.replay.Noise;
import io.waip.replay.Replay;
import io.waip.replay.ReplayReport;
import io.waip.replay.ReplaySpec;
import io.waip.replay.Traffic;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.drive.RunObserver;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class LoadSweepTest {
  private static final ReplaySpec SPEC =
      new ReplaySpec(
          Traffic.generated(new ArrivalSpec.Poisson(), 100, 1.2),
          50_000_000,
          CostSpec.parse("alpha=4ms,beta=0.8ms"),
          new WorkerPool(1, 1, 64),
          Noise.none(1));

  private final ReplayReport report = Replay.run(SPEC, List.of(Policy.FIFO, Policy.WAIP));

  @TempDir private Path folder;

  @Command(name = "replay")
  private static final class Called {
    @Mixin private ReportOptions options = new ReportOptions();
  }

  private static ReportOptions options(Object... args) {
    Called called = new Called();
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    new CommandLine(called).parseArgs(words);
    return called.options;
  }

  @Test
  void theOwnLoadIsAPointThatIsNotRunAgain() {
    List<String> steps = new ArrayList<>();
    List<LoadPoint> points = new LoadSweep(report, steps::add).run(List.of(0.5, 1.2, 2.0));
    assertThat(points.stream().map(point -> Math.round(10 * point.load())))
        .containsExactly(5L, 12L, 20L);
    assertThat(points.get(1)).isEqualTo(LoadPoint.of(report));
    assertThat(steps)
        .containsExactly(
            "load 0.500, 1 of 2: limit",
            "load 0.500, 1 of 2: best schedule",
            "load 0.500, 1 of 2: fifo",
            "load 0.500, 1 of 2: waip",
            "load 2.000, 2 of 2: limit",
            "load 2.000, 2 of 2: best schedule",
            "load 2.000, 2 of 2: fifo",
            "load 2.000, 2 of 2: waip");
  }

  @Test
  void noPolicyExceedsTheLimitAtAnyLoad() {
    for (LoadPoint point : new LoadSweep(report, step -> {}).run(List.of(0.5, 1.0, 3.0))) {
      double found = point.clairvoyantRps().orElseThrow();
      assertThat(found).isLessThanOrEqualTo(point.limitRps() * (1 + 1e-9));
      assertThat(point.goodputRps()).allMatch(goodput -> goodput <= found * (1 + 1e-9));
    }
  }

  @Test
  void aRequestedEndStopsBeforeTheNextStepAndLeavesNoPage() {
    Cancellation cancellation = new Cancellation();
    Path file = folder.resolve("r.html");
    ProgressLine progress = new ProgressLine(new PrintWriter(new StringWriter()), false);
    ReportRun run =
        new ReportRun(options("--report", file, "--report-loads", "2"), cancellation, progress);
    report.runs().forEach(each -> run.play(SPEC, report.replay(), each.policy(), RunObserver.NONE));
    cancellation.request();
    assertThatThrownBy(() -> run.write(report))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("stopped before load 2.000, 1 of 1: limit; no report written");
    assertThat(file).doesNotExist();
  }

  @Test
  void aLoadAtWhichRequestsCannotBeOfferedIsAUsageError() {
    assertThatThrownBy(() -> new LoadSweep(report, step -> {}).run(List.of(1e12)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--report-loads: at this pace 100 requests span 0");
  }

  @Test
  void manyRequestsHaveFewerPoints() {
    ReportOptions options = options("--report", folder.resolve("r.html"));
    assertThat(options.loads(1000)).hasSize(11);
    assertThat(options.loads(5_000_000)).containsExactly(0.5, 0.75, 1.0, 1.25, 1.5);
  }
}
