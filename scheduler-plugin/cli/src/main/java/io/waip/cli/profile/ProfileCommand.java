package io.waip.cli.profile;

import io.waip.api.deployment.Variant;
import io.waip.cli.demo.Machine;
import io.waip.cli.input.UserError;
import io.waip.cli.runtime.Cancellation;
import io.waip.cli.runtime.JsonOutput;
import io.waip.cli.runtime.OutputFile;
import io.waip.cli.runtime.ProgressLine;
import io.waip.onnxruntime.ExecutionBench;
import io.waip.onnxruntime.LoadedModels;
import io.waip.onnxruntime.ModelVariant;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code waip profile}: execution times of ONNX models on this machine, over batch and length. */
@Command(name = "profile", mixinStandardHelpOptions = true, sortOptions = false)
public final class ProfileCommand implements Callable<Integer> {
  /** Fewest shapes that a cost model is fitted to. */
  private static final int LEAST_SHAPES = 4;

  private final Cancellation cancellation;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ProfileOptions options = new ProfileOptions();
  @Mixin private JsonOutput json = new JsonOutput();

  /** Creates the command; a requested cancellation ends it after the execution under way. */
  public ProfileCommand(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() throws InterruptedException {
    json.check();
    options.check();
    List<ModelFile> models = options.models();
    Path path = options.output();
    OutputFile output = path == null ? null : new OutputFile("--output", path);
    if (output != null) {
      output.check();
    }
    Machine machine = Machine.describe();
    String device = options.device(machine.cpu());
    ProfileFile file = new ProfileFile(provenance(machine), device, options.threads());
    ProfileTable table = new ProfileTable(spec.commandLine().getOut());
    for (ModelFile model : models) {
      Profiler.Profile profile = measure(model);
      file.add(model, profile);
      table.print(model, device, options.threads(), profile);
    }
    if (output != null) {
      table.written(output.write(file.text()));
    }
    json.write(file.figures());
    return 0;
  }

  private Profiler.Profile measure(ModelFile model) throws InterruptedException {
    ProgressLine progress =
        new ProgressLine(spec.commandLine().getErr(), ProgressLine.isTerminal());
    try (LoadedModels loaded = load(model);
        ExecutionBench bench = new ExecutionBench(loaded, 1)) {
      Profiler profiler =
          new Profiler(
              options.plan(loaded.hasLength()), System::nanoTime, cancellation::isRequested);
      Profiler.Profile profile =
          profiler.measure(
              (batch, length) -> bench.sample(0, batch, length)[0],
              (passes, settled, shapes) ->
                  progress.update(
                      model.variant(),
                      "%d passes, %d of %d medians known".formatted(passes, settled, shapes)));
      requireUseful(model, profile);
      progress.done(model.variant(), "%d passes".formatted(profile.passes()));
      return profile;
    } catch (IllegalStateException e) {
      throw new UserError(
          String.valueOf(e.getMessage()),
          model.path().toString(),
          "a model that runs on made-up inputs: integers 1, floats 0.5; see docs/onnxruntime.md",
          "measure it in its server instead: docs/measurements.md");
    }
  }

  private LoadedModels load(ModelFile model) {
    Variant variant = new Variant(model.variant(), 1, options.maxBatch(), options.maxLength());
    return LoadedModels.load(List.of(ModelVariant.file(variant, model.path(), options.threads())));
  }

  private void requireUseful(ModelFile model, Profiler.Profile profile) {
    if (cancellation.isRequested()) {
      throw new UserError("stopped while measuring; nothing written", "", "", "");
    }
    if (profile.shapes().size() < LEAST_SHAPES) {
      throw new UserError(
          "%d shapes of '%s' were measured %d times or more within %d ms"
              .formatted(
                  profile.shapes().size(),
                  model.variant(),
                  ShapeTimes.LEAST,
                  options.budget().toMillis()),
          "--budget",
          "enough for %d shapes".formatted(LEAST_SHAPES),
          "give more time, smaller shapes, or more of them");
    }
  }

  private Map<String, @Nullable Object> provenance(Machine machine) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("producer", String.join(" ", spec.root().version()));
    facts.put("commit", machine.commit());
    facts.put("cpu", machine.cpu());
    facts.put("cores", machine.cores());
    facts.put("os", machine.os());
    facts.put("jdk", machine.jdk());
    facts.put("onnxruntime", LoadedModels.runtimeVersion());
    facts.put("threads", options.threads());
    facts.put("executions_at_once", 1);
    facts.put("budget_s", options.budget().toMillis() / 1e3);
    facts.put("precision", options.precision());
    facts.put("seed", options.seed());
    facts.put("wakeup_lag_p99_ms", machine.wakeupLagP99Ms());
    return facts;
  }
}
