package io.waip.cli.replay;

import io.waip.cli.config.PlannerConfig;
import io.waip.cli.config.ServiceSettings;
import io.waip.cli.input.UserError;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.ServiceSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code waip replay} that say what is asked of the workers, and what it takes. */
final class ServiceOptions {
  private static final Duration MAX_SLO = Duration.ofHours(1);
  private static final Duration DEFAULT_SLO = Duration.ofMillis(50);

  @Option(
      names = "--slo",
      paramLabel = "DURATION",
      description = "Latency objective (default: 50ms).")
  private @Nullable Duration slo;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Takes the latency objective from a configuration of one service.")
  private @Nullable Path config;

  @Option(
      names = "--cost",
      paramLabel = "alpha=D,beta=D[,gamma=D]",
      defaultValue = "alpha=4ms,beta=0.8ms",
      description =
          "Time of a batch: alpha + beta*b + gamma*b*longest length (default: ${DEFAULT-VALUE}).")
  private String cost = "";

  @Option(
      names = "--services",
      paramLabel = "NAME[:PART…],…",
      description =
          "Services with share of the requests, slo and cost, each as --slo and --cost where left"
              + " out, such as embed:share=3,rerank:slo=100ms:alpha=8ms.")
  private @Nullable String services;

  /**
   * Returns the services.
   *
   * @throws UserError if an option or the configuration is not as it should be
   */
  List<ServiceSpec> services() {
    Duration objective = objective();
    if (objective.isZero() || objective.compareTo(MAX_SLO) > 0) {
      throw UserError.usage(
          "value out of range", "--slo", "a duration above 0s, at most 1h", "such as --slo 50ms");
    }
    ServiceSpec only = ServiceSpec.only(objective.toNanos(), cost());
    if (services == null) {
      return List.of(only);
    }
    return ReplayOptions.parsed("--services", services, text -> ServiceSpec.parseAll(text, only));
  }

  private CostSpec cost() {
    return ReplayOptions.parsed("--cost", cost, CostSpec::parse);
  }

  /** Says whether the time of any service depends on the length of its requests. */
  boolean dependOnLength() {
    return services().stream().anyMatch(service -> service.cost().dependsOnLength());
  }

  private Duration objective() {
    Path file = config;
    if (file == null) {
      return slo == null ? DEFAULT_SLO : slo;
    }
    if (slo != null) {
      throw UserError.usage("given beside --slo", "--config", "one of the two", "leave one out");
    }
    return objectiveOf(file);
  }

  private static Duration objectiveOf(Path file) {
    List<ServiceSettings> services = PlannerConfig.load(file).services();
    if (services.size() > 1) {
      throw new UserError(
          "%d services".formatted(services.size()),
          file.toString(),
          "one service",
          "replay each service by itself, or name them by --services");
    }
    return services
        .getFirst()
        .objective()
        .latency()
        .total()
        .orElseThrow(() ->
            new UserError(
                "service '%s' has no latency objective".formatted(services.getFirst().name()),
                file.toString(),
                "objective: { latency: DURATION }",
                "name one, or use --slo instead of --config"));
  }
}
