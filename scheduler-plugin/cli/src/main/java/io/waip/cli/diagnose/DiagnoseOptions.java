package io.waip.cli.diagnose;

import io.waip.cli.config.PlannerConfig;
import io.waip.cli.config.ServiceSettings;
import io.waip.cli.config.VariantSettings;
import io.waip.cli.input.InputFiles;
import io.waip.cli.input.UserError;
import io.waip.cli.records.RecordFiles;
import io.waip.replay.diagnose.Metrics;
import io.waip.replay.diagnose.ModelConfiguration;
import io.waip.replay.diagnose.ModelFigures;
import io.waip.replay.diagnose.Observed;
import io.waip.replay.diagnose.RecordFigures;
import io.waip.replay.diagnose.Surroundings;
import io.waip.replay.diagnose.read.ConfigurationFile;
import io.waip.replay.diagnose.read.MetricsFile;
import io.waip.replay.diagnose.read.RecordScan;
import io.waip.replay.diagnose.read.StatisticsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code waip diagnose}, and the reading of what they name. */
final class DiagnoseOptions {
  private static final int MOST_CORES = 4096;

  @Option(
      names = "--stats",
      paramLabel = "FILE",
      description =
          "Answers of Triton's GET /v2/models/stats, in their order; may be given several times."
              + " Two show what happened between them, three also what changed.")
  private List<Path> statistics = new ArrayList<>();

  @Option(
      names = "--model-config",
      paramLabel = "FILE",
      description =
          "A model's config.pbtxt, or the answer of GET /v2/models/M/config; may be given several"
              + " times.")
  private List<Path> configurations = new ArrayList<>();

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description = "The answer of Triton's GET /metrics, under load.")
  private @Nullable Path metrics;

  @Option(
      names = "--cores",
      paramLabel = "N",
      description = "Processor cores that the server may use.")
  private @Nullable Integer cores;

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      description =
          "Time from the first answer of --stats to the last (default: between the last requests"
              + " before them).")
  private @Nullable Duration window;

  @Option(
      names = "--records",
      paramLabel = "FILE",
      description = "A file that 'waip replay --records' wrote.")
  private @Nullable Path records;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The planner's configuration: latency objectives of the models.")
  private @Nullable Path config;

  /**
   * Reads all that is named.
   *
   * @throws UserError if an option is wrong, or a file not as it should be
   */
  Observed observed() {
    check();
    StatisticsFiles bodies = new StatisticsFiles();
    for (Path file : statistics) {
      InputFiles.read(
          file,
          each -> {
            bodies.read(each);
            return each;
          });
    }
    List<ModelFigures> models = bodies.figures(configurations(), windowNanos());
    return new Observed(models, surroundings(), recorded());
  }

  private void check() {
    if (statistics.isEmpty() && records == null) {
      throw UserError.usage(
          "nothing to diagnose",
          "--stats",
          "--stats with answers of Triton's GET /v2/models/stats, or --records",
          "save them: curl -s localhost:8000/v2/models/stats > stats.json");
    }
    if (cores != null && (cores < 1 || cores > MOST_CORES)) {
      throw UserError.usage(
          "is " + cores, "--cores", "a whole number in [1, %d]".formatted(MOST_CORES), "");
    }
    if (window != null && !window.isPositive()) {
      throw UserError.usage("is " + window, "--window", "a duration above 0s", "");
    }
  }

  private OptionalDouble windowNanos() {
    return window == null ? OptionalDouble.empty() : OptionalDouble.of(window.toNanos());
  }

  private Map<String, ModelConfiguration> configurations() {
    Map<String, ModelConfiguration> all = new HashMap<>();
    for (Path file : configurations) {
      ConfigurationFile.Named named = InputFiles.read(file, ConfigurationFile::read);
      if (all.put(named.model(), named.configuration()) != null) {
        throw new UserError(
            "a second configuration of model '%s'".formatted(named.model()),
            file.toString(),
            "each model once",
            "leave one out");
      }
    }
    return all;
  }

  private Surroundings surroundings() {
    Metrics metered = metrics == null ? Metrics.NONE : InputFiles.read(metrics, MetricsFile::read);
    OptionalInt coreCount = cores == null ? OptionalInt.empty() : OptionalInt.of(cores);
    return new Surroundings(coreCount, metered, objectives());
  }

  private Map<String, Long> objectives() {
    Map<String, Long> objectives = new HashMap<>();
    if (config == null) {
      return objectives;
    }
    for (ServiceSettings service : PlannerConfig.load(config).services()) {
      Optional<Duration> latency = service.objective().latency().total();
      for (VariantSettings variant : service.variants()) {
        latency.ifPresent(bound -> objectives.merge(variant.model(), bound.toNanos(), Math::min));
      }
      latency.ifPresent(bound -> objectives.merge(service.name(), bound.toNanos(), Math::min));
    }
    return objectives;
  }

  private Optional<RecordFigures> recorded() {
    return records == null
        ? Optional.empty()
        : Optional.of(RecordFiles.read(records, RecordScan::of));
  }
}
