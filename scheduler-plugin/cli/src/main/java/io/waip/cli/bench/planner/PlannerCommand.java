package io.waip.cli.bench.planner;

import io.waip.api.Tier;
import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Objective;
import io.waip.cli.input.UserError;
import io.waip.cli.runtime.Cancellation;
import io.waip.cli.runtime.JsonOutput;
import io.waip.cli.runtime.ProgressLine;
import io.waip.onnxruntime.CostProfiler;
import io.waip.onnxruntime.SlotModel;
import io.waip.triton.InProcessPlanner;
import io.waip.triton.PlanInbox;
import io.waip.triton.PlanningSpec;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code waip bench planner}: the closed loop over a workload that changes three times. */
@Command(
    name = "planner",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "plans made and kept at run time against static ones, on embedded Triton")
public final class PlannerCommand implements Callable<Integer> {
  private static final int CORES = 2;
  private static final Duration HORIZON = Duration.ofMillis(200);
  private static final Duration PROFILE_BUDGET = Duration.ofSeconds(20);

  private final Cancellation cancellation;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--period",
      paramLabel = "SECONDS",
      defaultValue = "4",
      description = "Time between plans, 1 to 60 (default: ${DEFAULT-VALUE}).")
  private double periodSeconds;

  @Option(
      names = "--periods",
      paramLabel = "N",
      defaultValue = "8",
      description = "Periods of each phase, 4 to 100 (default: ${DEFAULT-VALUE}).")
  private int periods;

  @Option(
      names = "--sweep",
      paramLabel = "SECONDS",
      defaultValue = "6",
      description =
          "Time for each static plan in each phase, 1 to 600 (default: ${DEFAULT-VALUE}).")
  private double sweepSeconds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of arrivals and plans (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private JsonOutput json = new JsonOutput();

  /** Creates the command; a requested cancellation ends it at once. */
  public PlannerCommand(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() throws InterruptedException {
    json.check();
    require(periodSeconds >= 1 && periodSeconds <= 60, "--period", "1 to 60");
    require(periods >= 4 && periods <= 100, "--periods", "4 to 100");
    require(sweepSeconds >= 1 && sweepSeconds <= 600, "--sweep", "1 to 600");
    PrintWriter out = spec.commandLine().getOut();
    PlannerFigures figures = race(new ProgressLine(out, ProgressLine.isTerminal()));
    new PlannerTable(out).print(figures);
    json.write(figures);
    return figures.missed().isEmpty() ? 0 : UserError.FAILED;
  }

  private static void require(boolean holds, String option, String allowed) {
    if (!holds) {
      throw UserError.usage("out of range", option, allowed, "give a value in the range");
    }
  }

  private PlannerFigures race(ProgressLine progress) throws InterruptedException {
    BenchModels models = new BenchModels();
    Duration period = Duration.ofNanos(Math.round(periodSeconds * 1e9));
    progress.update("cost curve", "measuring execution times of every form of the model ...");
    List<CostPoint> points = models.profile(HORIZON, PROFILE_BUDGET);
    LatencyModel times = CostProfiler.modelOf(points);
    progress.done("cost curve", points.size() + " shapes; " + describe(times));
    long sloNanos = Phases.sloNanos(times);
    Duration slo = Duration.ofNanos(sloNanos);
    Objective objective = new Objective(Tier.INTERACTIVE, slo, Objective.DEFAULT_PERCENTILE, 0);
    PlanningSpec planned = PlannerStage.spec(objective, points);
    BenchPlans plans = new BenchPlans(objective, CORES, period);
    PlannerRace.Terms terms =
        new PlannerRace.Terms(
            planned,
            plans,
            Phases.of(times, sloNanos, CORES),
            periods * periodSeconds,
            sweepSeconds,
            period,
            sloNanos,
            seed);
    PlanInbox inbox = new PlanInbox();
    SwitchableWatcher watcher = new SwitchableWatcher();
    Map<String, SlotModel> loaded = models.forDirectMode();
    try (PlannerStage stage =
        PlannerStage.start(
            new PlannerStage.Equipment(loaded, CORES, line -> {}),
            planned,
            new InProcessPlanner.Control(List.of(watcher), inbox))) {
      PlannerRace race =
          new PlannerRace(
              stage, terms, new PlannerRace.Wiring(inbox, watcher, progress, cancellation));
      return new PlannerRuns(race, terms, progress)
          .run(PlannerStage.spec(objective, wrong(points)));
    } finally {
      loaded.values().forEach(SlotModel::close);
    }
  }

  private static String describe(LatencyModel times) {
    List<String> forms = new ArrayList<>();
    for (int v = 0; v < BenchVariant.ALL.size(); v++) {
      forms.add(
          String.format(
              Locale.ROOT,
              "%s %.1f, %.1f, %.1f ms",
              BenchVariant.ALL.get(v).name(),
              times.medianNanos(v, 1, 16) / 1e6,
              times.medianNanos(v, 8, 16) / 1e6,
              times.medianNanos(v, 1, BenchModels.MAX_LENGTH) / 1e6));
    }
    return String.join("; ", forms)
        + " (1 x 16, 8 x 16 and 1 x %d tokens)".formatted(BenchModels.MAX_LENGTH);
  }

  /** A model that calls executions of two threads ten times as fast as they are. */
  private static List<CostPoint> wrong(List<CostPoint> points) {
    List<CostPoint> wrong = new ArrayList<>();
    for (CostPoint point : points) {
      double factor = BenchVariant.ALL.get(point.variant()).threads() == 2 ? 0.1 : 1;
      wrong.add(
          new CostPoint(
              point.variant(),
              point.batch(),
              point.length(),
              factor * point.nanos(),
              point.samples()));
    }
    return wrong;
  }
}
