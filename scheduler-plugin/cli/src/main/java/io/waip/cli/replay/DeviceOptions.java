package io.waip.cli.replay;

import io.waip.api.deployment.Deployment;
import io.waip.cli.input.UserError;
import io.waip.replay.Devices;
import io.waip.replay.spec.DeviceSpec;
import io.waip.replay.spec.EventSpec;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code waip replay} that say what serves the requests. */
final class DeviceOptions {
  private static final int MAX_BATCH = 1024;

  @Option(
      names = "--workers",
      paramLabel = "M",
      description = "Identical workers, 1 to 64 (default: 1).")
  private @Nullable Integer workers;

  @Option(
      names = "--devices",
      paramLabel = "NAME[:PART…],…",
      description =
          "Kinds of workers with count and speed in place of --workers, such as"
              + " a100:count=2:speed=2,t4:count=4.")
  private @Nullable String devices;

  @Option(
      names = "--max-batch",
      paramLabel = "B",
      defaultValue = "64",
      description = "Most requests in a batch, 1 to 1024 (default: ${DEFAULT-VALUE}).")
  private int maxBatch;

  @Option(
      names = "--events",
      paramLabel = "TIME:WORKER:CHANGE,…",
      description =
          "What happens to workers: down, up, drain or slow=2x, such as"
              + " 10s:worker-2:down,20s:worker-2:up.")
  private @Nullable String events;

  /**
   * Returns the workers with what happens to them.
   *
   * @throws UserError if an option is not as it should be, or an event is of no worker
   */
  Devices devices() {
    if (workers != null && devices != null) {
      throw UserError.usage(
          "given together with --devices", "--workers", "one of the two", "remove one of them");
    }
    int count = workers == null ? 1 : workers;
    ReplayOptions.requireRange("--workers", count, 1, Deployment.MAX_ENDPOINTS, "1 to 64");
    ReplayOptions.requireRange("--max-batch", maxBatch, 1, MAX_BATCH, "1 to 1024");
    List<DeviceSpec> classes =
        devices == null
            ? List.of(DeviceSpec.workers(count))
            : named("--devices", devices, DeviceSpec::parseAll);
    Devices calm = named("--devices", classes, each -> new Devices(each, maxBatch, List.of()));
    return events == null
        ? calm
        : named(
            "--events", events, text -> new Devices(classes, maxBatch, EventSpec.parseAll(text)));
  }

  private static <T, R> R named(String option, T given, Function<T, R> reader) {
    try {
      return reader.apply(given);
    } catch (IllegalArgumentException e) {
      throw UserError.usage(String.valueOf(e.getMessage()), option, "", "");
    }
  }
}
