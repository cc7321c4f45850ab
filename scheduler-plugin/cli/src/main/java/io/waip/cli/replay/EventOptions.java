package io.waip.cli.replay;

import io.waip.cli.input.UserError;
import io.waip.replay.Devices;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.spec.EventSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of {@code waip replay} that says what happens to workers. */
final class EventOptions {
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
   * @throws UserError if the option is not as it should be, or names no worker of the pool
   */
  Devices devices(WorkerPool pool) {
    if (events == null) {
      return new Devices(pool, List.of());
    }
    try {
      return new Devices(pool, EventSpec.parseAll(events));
    } catch (IllegalArgumentException e) {
      throw UserError.usage(String.valueOf(e.getMessage()), "--events", "", "");
    }
  }
}
