package io.waip.cli.plan;

import io.waip.api.plan.PlanningProblem;
import io.waip.cli.config.PlannerConfig;
import io.waip.cli.input.UserError;
import io.waip.cli.plan.shift.ShiftOptions;
import io.waip.cli.plan.shift.ShiftRun;
import io.waip.cli.plugin.PluginOptions;
import io.waip.cli.runtime.Cancellation;
import io.waip.cli.runtime.JsonOutput;
import io.waip.cli.triton.CostModels;
import io.waip.replay.Noise;
import io.waip.replay.Traffic;
import io.waip.replay.judge.JudgedPlan;
import io.waip.replay.judge.JudgedWindow;
import io.waip.replay.judge.PlanChoice;
import io.waip.replay.judge.PlanSearch;
import io.waip.replay.trace.LengthsReader;
import io.waip.replay.trace.Trace;
import io.waip.replay.trace.TraceCut;
import io.waip.replay.trace.TraceFormatException;
import io.waip.replay.trace.TraceReader;
import io.waip.replay.trace.Workload;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code waip plan}: which variants run on which devices, and what that is predicted to do. */
@Command(name = "plan", mixinStandardHelpOptions = true, sortOptions = false)
public final class PlanCommand implements Callable<Integer> {
  private static final int DEFAULT_REQUESTS = 20_000;
  private static final int MOST_REQUESTS = 10_000_000;

  private final Cancellation cancellation;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Services, their objectives and variants, and devices (docs/configuration.md).")
  private Path config = Path.of("");

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description =
          "Requests from a file, in a form that 'waip replay' reads; generated as the configuration"
              + " expects them without it.")
  private @Nullable Path trace;

  @Option(
      names = "--lengths",
      paramLabel = "FILE",
      description = "Lengths from a CSV file, column wordpieces; request i takes row i mod n.")
  private @Nullable Path lengths;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "The first N of the trace (default: all), or N generated (default: 20000).")
  private @Nullable Integer requests;

  @Option(
      names = "--noise",
      paramLabel = "CV",
      defaultValue = "0.05",
      description = "Lognormal noise on batch times, 0 to 2 (default: ${DEFAULT-VALUE}).")
  private double noise;

  @Option(
      names = "--capacity",
      description = "Say how many devices of each kind would be enough, and what they cost.")
  private boolean capacity;

  @Option(
      names = "--diff",
      paramLabel = "FILE",
      description = "Compare with a plan that --json wrote.")
  private @Nullable Path diff;

  @Mixin private ShiftOptions shift = new ShiftOptions();
  @Mixin private PluginOptions plugins = new PluginOptions();
  @Mixin private JsonOutput json = new JsonOutput();

  /** Creates the command; a requested cancellation ends it after the replay under way. */
  public PlanCommand(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    json.check();
    checkOptions();
    PlannerConfig read = PlannerConfig.load(config);
    ShiftRun shifting = shift.isWanted() ? shifting(read) : null;
    if (shifting != null && shift.isNeedGiven()) {
      return shifting.answer(Map.of(), spec.commandLine().getOut(), json);
    }
    Noise drawn = new Noise(noise, read.planner().seed());
    if (capacity) {
      CapacityRun run = new CapacityRun(read, drawn, cancellation);
      Traffic traffic = run.traffic(traffic(), generatedRequests(), lengthsGiven());
      return run.answer(traffic, spec.commandLine().getOut(), json);
    }
    PlanDiff earlier = diff == null ? PlanDiff.NONE : PlanDiff.read(diff);
    Workload workload = workload(read);
    PlanProblem problems =
        new PlanProblem(read, workload, drawn, new VariantCosts(new CostModels(plugins)));
    PlanningProblem problem = problems.problem(0);
    JudgedWindow window = problems.window();
    PlanTable table = new PlanTable(spec.commandLine().getOut());
    table.problem(problem, workload);
    return switch (new PlanSearch(PlanSearch.Effort.DEFAULT).find(problem, window)) {
      case PlanChoice.None none -> {
        table.infeasible(none.why());
        json.write(PlanFigures.infeasible(none.why(), window));
        yield 1;
      }
      case PlanChoice.Chosen chosen -> {
        if (shifting != null) {
          Map<String, Integer> needed = ShiftRun.needed(problem, chosen.best().judged().plan());
          yield shifting.answer(needed, spec.commandLine().getOut(), json);
        }
        WhatIfs whatIfs = whatIfs(problems, problem, window, chosen.best().judged());
        PlanFigures figures = PlanFigures.of(chosen, window, whatIfs);
        table.chosen(figures);
        earlier.print(figures, spec.commandLine().getOut());
        json.write(figures);
        yield 0;
      }
    };
  }

  private ShiftRun shifting(PlannerConfig read) {
    if (read.devices().isEmpty()) {
      throw PlanProblem.noDevices();
    }
    DeviceTerms terms = new DeviceTerms();
    return shift.read(read, read.devices().stream().map(terms::supply).toList());
  }

  private void checkOptions() {
    shift.check(capacity || diff != null);
    if (!(noise >= 0 && noise <= Noise.MAX)) {
      throw UserError.usage(noise + " is out of range", "--noise", "0 to 2", "give such a value");
    }
    if (requests != null && (requests < 2 || requests > MOST_REQUESTS)) {
      throw UserError.usage(
          requests + " is out of range", "--requests", "2 to 10000000", "give such a value");
    }
    if (capacity && diff != null) {
      throw UserError.usage(
          "given together with --capacity, which makes no plan",
          "--diff",
          "one of the two",
          "remove one of them");
    }
  }

  private WhatIfs whatIfs(
      PlanProblem problems, PlanningProblem problem, JudgedWindow window, JudgedPlan best) {
    WhatIfs.Asked asked =
        new WhatIfs.Asked(problem, problems.problem(WhatIfs.LONGER.toNanos()), window);
    return WhatIfs.of(
        asked,
        best,
        () -> {
          if (cancellation.isRequested()) {
            throw new UserError("stopped while planning; no JSON written", "", "", "");
          }
        });
  }

  private Workload workload(PlannerConfig read) {
    PlannedRequests planned =
        new PlannedRequests(read.services(), lengthsGiven(), read.planner().seed());
    Trace recorded = traffic();
    return recorded == null ? planned.expected(generatedRequests()) : planned.recorded(recorded);
  }

  private int generatedRequests() {
    return requests == null ? DEFAULT_REQUESTS : requests;
  }

  private int[] lengthsGiven() {
    return lengths == null ? new int[0] : read(lengths, LengthsReader::read);
  }

  private @Nullable Trace traffic() {
    int most = requests == null ? Integer.MAX_VALUE : requests;
    TraceCut cut = new TraceCut(0, Long.MAX_VALUE, most);
    return trace == null
        ? null
        : read(trace, file -> TraceReader.read(file, cut, TraceReader.DEFAULT_SEED));
  }

  private static <T> T read(Path file, Function<Path, T> reader) {
    try {
      return reader.apply(file);
    } catch (TraceFormatException e) {
      throw new UserError(String.valueOf(e.getMessage()), "", "", "");
    }
  }
}
