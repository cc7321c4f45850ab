package io.waip.cli.replay;

import io.waip.api.measurement.Subject;
import io.waip.cli.fit.OpenModel;
import io.waip.cli.input.UserError;
import io.waip.cli.plugin.PluginOptions;
import io.waip.cli.shadow.ShadowJson;
import io.waip.cli.shadow.ShadowTable;
import io.waip.replay.Replay;
import io.waip.replay.drive.RunObserver;
import io.waip.replay.policy.Policy;
import io.waip.replay.records.RunSetup;
import io.waip.replay.shadow.ShadowFigures;
import io.waip.replay.shadow.ShadowRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The {@code --shadow-model FILE} option of {@code waip replay}: a second cost model is asked for
 * every execution beside the one that decides. It only watches.
 */
final class ShadowOption {
  private static final String NAME = "--shadow-model";

  @Option(
      names = NAME,
      paramLabel = "FILE",
      description =
          "A cost model of 'waip fit' to run in shadow: it predicts each execution beside --cost"
              + " and decides nothing.")
  private @Nullable Path file;

  @Mixin private PluginOptions plugins = new PluginOptions();

  private @Nullable OpenModel model;
  private final List<Map<String, @Nullable Object>> json = new ArrayList<>();

  /**
   * Reads the model where one was named.
   *
   * @param isRecorded whether records are written
   * @throws UserError if it cannot be read, does not know a variant of the run, or records are
   *     written as well
   */
  void check(Replay replay, boolean isRecorded) {
    Path path = file;
    if (path == null) {
      return;
    }
    if (isRecorded) {
      throw UserError.usage(
          "given together with --records",
          NAME,
          "one of the two",
          "record the run, then compare with 'waip fit --shadow A B --records F'");
    }
    model = OpenModel.of(plugins.fitters(), path);
    subjects(replay.setup(Policy.WAIP), model);
  }

  private static Map<String, Subject> subjects(RunSetup setup, OpenModel model) {
    List<String> names = variants(setup);
    Set<String> distinct = new TreeSet<>(names);
    if (distinct.size() < names.size()) {
      throw UserError.usage(
          "several services have a variant of one name",
          NAME,
          "a replay of one service",
          "leave out --services");
    }
    Map<String, Subject> subjects = new LinkedHashMap<>();
    names.forEach(name -> subjects.put(name, model.onlySubjectOf(name)));
    return subjects;
  }

  private static List<String> variants(RunSetup setup) {
    return setup.deployment().services().stream()
        .flatMap(service -> service.variants().stream())
        .map(variant -> variant.model())
        .toList();
  }

  /** A run that is watched; without a model nothing is. */
  Shadowed beside(Replay replay, Policy policy) {
    OpenModel shadow = model;
    if (shadow == null) {
      return new Shadowed(policy, List.of(), null);
    }
    RunSetup setup = replay.setup(policy);
    Map<String, Subject> subjects = subjects(setup, shadow);
    ShadowRun run =
        new ShadowRun(setup.costs(), shadow.predictor(), List.copyOf(subjects.values()));
    return new Shadowed(policy, List.copyOf(subjects.keySet()), run);
  }

  /**
   * One watched run.
   *
   * @param variants by their index
   * @param run null where nobody watches
   */
  record Shadowed(Policy policy, List<String> variants, @Nullable ShadowRun run) {
    RunObserver observer() {
      return run == null ? RunObserver.NONE : run;
    }
  }

  /** Prints what came of a run that has ended, and keeps it for the JSON. */
  void report(Shadowed shadowed, PrintWriter out) {
    ShadowRun run = shadowed.run();
    if (run == null) {
      return;
    }
    List<ShadowFigures> figures = run.figures();
    for (int v = 0; v < figures.size(); v++) {
      String variant = shadowed.variants().get(v);
      new ShadowTable(out).print(variant, "--cost", "shadow", figures.get(v));
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("policy", shadowed.policy().label());
      entry.putAll(ShadowJson.of(variant, figures.get(v)));
      json.add(entry);
    }
    out.println();
  }

  /** Adds {@code shadow} to the figures of a run that was watched. */
  void addTo(Map<String, @Nullable Object> figures) {
    if (model != null) {
      figures.put("shadow", json);
    }
  }
}
