package io.waip.triton.actuate;

import io.waip.api.actuate.Actuation;
import io.waip.api.actuate.Actuation.Advised;
import io.waip.api.actuate.Actuation.Applied;
import io.waip.api.actuate.Actuation.Failed;
import io.waip.api.actuate.Actuation.Recovery;
import io.waip.api.actuate.Actuator;
import io.waip.api.actuate.ModelSetting;
import io.waip.triton.OneLine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Changes models of a server under explicit model control: reads the configuration in force, puts
 * the setting in, loads the model with that, and reads back what came of it.
 *
 * <p>Where the load is refused or something else reads back, exactly the configuration before is
 * loaded again unless it is in force still, and read back. The files of the repository stay as they
 * are: a later load without a configuration, or the server's next start, goes back to them. A
 * server that takes no loads is not touched; what to write is advised then.
 */
public final class LoadWithConfigActuator implements Actuator {
  private final ModelServer server;
  private final LongSupplier nanoClock;
  private final Loaded loaded;

  /**
   * Acts on a server.
   *
   * @param nanoClock monotonic, nanoseconds
   */
  public LoadWithConfigActuator(ModelServer server, LongSupplier nanoClock) {
    this.server = server;
    this.nanoClock = nanoClock;
    loaded = new Loaded(server);
  }

  @Override
  public Optional<ModelSetting> current(String model) {
    return loaded.setting(model);
  }

  @Override
  public Actuation apply(ModelSetting wanted) {
    long started = nanoClock.getAsLong();
    return loaded.change(wanted, (before, after) -> load(wanted, before, after, started));
  }

  private Actuation load(
      ModelSetting wanted, Configuration before, Configuration after, long started) {
    String model = wanted.model();
    try {
      server.load(model, after.json());
    } catch (ServerRefusal refusal) {
      return refusal.forbidsLoads()
          ? new Advised(Advice.lines(before, after), OneLine.of(refusal))
          : restored(model, before, OneLine.of(refusal));
    }
    if (!loaded.shows(wanted, before)) {
      return restored(
          model, before, "after the load %s was in force".formatted(loaded.setting(model)));
    }
    Duration took = Duration.ofNanos(Math.max(0, nanoClock.getAsLong() - started));
    return new Applied(before.setting(), loaded.setting(model).orElse(after.setting()), took);
  }

  private Failed restored(String model, Configuration before, String reason) {
    String told = reason;
    if (!loaded.shows(model, before)) {
      try {
        server.load(model, before.json());
      } catch (ServerRefusal refusal) {
        told = reason + "; loading it as before: " + OneLine.of(refusal);
      }
    }
    return loaded.shows(model, before)
        ? new Failed(told, Recovery.RESTORED, Optional.of(before.setting()))
        : new Failed(told, Recovery.NOT_RESTORED, loaded.setting(model));
  }
}
