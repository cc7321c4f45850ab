package io.waip.triton.actuate;

import io.waip.api.actuate.Actuation;
import io.waip.api.actuate.Actuation.Failed;
import io.waip.api.actuate.Actuation.Recovery;
import io.waip.api.actuate.Actuation.Unchanged;
import io.waip.api.actuate.ModelSetting;
import io.waip.triton.OneLine;
import java.util.Optional;
import java.util.function.BiFunction;

/** What a server has loaded, as actuators read it. */
final class Loaded {
  private final ModelServer server;

  Loaded(ModelServer server) {
    this.server = server;
  }

  /** Returns the setting in force; empty where the server does not say. */
  Optional<ModelSetting> setting(String model) {
    return configuration(model).map(Configuration::setting);
  }

  /** Returns a loaded model's configuration; empty where the server does not say. */
  Optional<Configuration> configuration(String model) {
    try {
      return Optional.of(read(model));
    } catch (ServerRefusal | IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private Configuration read(String model) {
    return Configuration.read(server.configuration(model));
  }

  /** Says whether a model answers with a setting, and in all else as before. */
  boolean shows(ModelSetting wanted, Configuration before) {
    return server.isReady(wanted.model())
        && configuration(wanted.model())
            .filter(now -> wanted.isMetBy(now.setting()) && now.differsOnlyInSettingFrom(before))
            .isPresent();
  }

  /** Says whether a model answers with exactly this configuration. */
  boolean shows(String model, Configuration wanted) {
    return server.isReady(model) && configuration(model).filter(wanted::equals).isPresent();
  }

  /**
   * Does what there is to do for a setting, or says why there is nothing.
   *
   * @param change from the configuration before to the one after
   */
  Actuation change(
      ModelSetting wanted, BiFunction<Configuration, Configuration, Actuation> change) {
    Configuration before;
    Configuration after;
    try {
      before = read(wanted.model());
      if (wanted.isMetBy(before.setting())) {
        return new Unchanged(before.setting());
      }
      after = before.with(wanted);
    } catch (ServerRefusal | IllegalArgumentException | ArithmeticException e) {
      return untouched(wanted.model(), OneLine.of(e));
    }
    return change.apply(before, after);
  }

  /** Returns the failure of a change that was not begun. */
  Failed untouched(String model, String reason) {
    return new Failed(
        "'%s' cannot be changed: %s".formatted(model, reason), Recovery.UNTOUCHED, setting(model));
  }
}
