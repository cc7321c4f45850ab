package io.waip.cli.fit;

import io.waip.api.cost.CostModelFitter;
import io.waip.api.cost.FitJudgement;
import io.waip.api.cost.FitTrial;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.cli.input.UserError;
import io.waip.cli.plugin.PluginOptions;
import io.waip.cli.plugin.Providers;
import io.waip.cli.runtime.Cancellation;
import io.waip.cli.runtime.JsonOutput;
import io.waip.cli.runtime.OutputFile;
import io.waip.cli.runtime.ProgressLine;
import io.waip.cli.shadow.ShadowJson;
import io.waip.cli.shadow.ShadowTable;
import io.waip.replay.shadow.ShadowFigures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code waip fit}: a cost model from measurement files, with its error; or two compared. */
@Command(name = "fit", mixinStandardHelpOptions = true, sortOptions = false)
public final class FitCommand implements Callable<Integer> {
  private final Cancellation cancellation;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private FitOptions options = new FitOptions();
  @Mixin private PluginOptions plugins = new PluginOptions();
  @Mixin private JsonOutput json = new JsonOutput();

  /** Creates the command; a requested cancellation ends it after the split under way. */
  public FitCommand(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    json.check();
    Providers<CostModelFitter> fitters = plugins.fitters();
    List<Path> models = options.models();
    if (!models.isEmpty()) {
      diff(fitters, models.getFirst(), models.getLast());
      return 0;
    }
    List<Path> shadowed = options.shadowed();
    if (!shadowed.isEmpty()) {
      shadow(fitters, shadowed);
      return 0;
    }
    CostModelFitter fitter = fitters.named("--fitter", options.fitter());
    FitTrial trial = options.trial();
    OutputFile output = output();
    if (output != null) {
      output.check();
    }
    List<Measurement> measurements =
        new MeasurementFiles(plugins.readers(), options.format()).read(options.inputs());
    try {
      fit(fitter, measurements, trial, output);
    } catch (MeasurementFormatException e) {
      throw new UserError(String.valueOf(e.getMessage()), "", "", "");
    }
    return 0;
  }

  private void fit(
      CostModelFitter fitter,
      List<Measurement> measurements,
      FitTrial trial,
      @Nullable OutputFile output) {
    ProgressLine progress =
        new ProgressLine(spec.commandLine().getErr(), ProgressLine.isTerminal());
    FitJudgement judgement =
        fitter.judge(
            measurements,
            trial,
            done -> {
              progress.update("judging", "%d of %d splits".formatted(done, trial.splits()));
              requireGoingOn(done, trial.splits());
            });
    progress.done("judged", "%d splits".formatted(trial.splits()));
    FitTable table = new FitTable(spec.commandLine().getOut());
    table.judgement(measurements.size(), judgement, trial);
    if (output != null) {
      table.written(output.write(CostModelText.of(fitter.fit(measurements))));
    }
    json.write(FitJson.of(judgement, trial));
  }

  private void diff(Providers<CostModelFitter> fitters, Path a, Path b) {
    ModelDiff diff = ModelDiff.of(OpenModel.of(fitters, a), OpenModel.of(fitters, b));
    new DiffTable(spec.commandLine().getOut()).print(a, b, diff);
    json.write(diff);
  }

  private void shadow(Providers<CostModelFitter> fitters, List<Path> models) {
    OpenModel first = OpenModel.of(fitters, models.getFirst());
    OpenModel second = OpenModel.of(fitters, models.getLast());
    Map<String, ShadowFigures> figures = RecordedShadow.of(options.records(), first, second);
    ShadowTable table = new ShadowTable(spec.commandLine().getOut());
    List<Map<String, @Nullable Object>> variants = new ArrayList<>();
    figures.forEach((variant, each) -> {
      table.print(variant, first.file().toString(), second.file().toString(), each);
      variants.add(ShadowJson.of(variant, each));
    });
    json.write(Map.of("shadow", variants));
  }

  private @Nullable OutputFile output() {
    Path path = options.output();
    return path == null ? null : new OutputFile("--output", path);
  }

  private void requireGoingOn(int done, int all) {
    if (cancellation.isRequested()) {
      throw new UserError(
          "stopped after %d of %d splits; nothing written".formatted(done, all), "", "", "");
    }
  }
}
