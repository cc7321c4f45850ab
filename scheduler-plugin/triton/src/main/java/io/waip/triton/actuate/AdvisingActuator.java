package io.waip.triton.actuate;

import io.waip.api.actuate.Actuation;
import io.waip.api.actuate.Actuation.Advised;
import io.waip.api.actuate.Actuator;
import io.waip.api.actuate.ModelSetting;
import java.util.Optional;

/** Changes nothing: says which lines of {@code config.pbtxt} a person has to write. */
public final class AdvisingActuator implements Actuator {
  private final Loaded loaded;
  private final String why;

  /**
   * Reads what a server runs with.
   *
   * @param why nothing is changed here; told with each advice
   */
  public AdvisingActuator(ModelServer server, String why) {
    loaded = new Loaded(server);
    this.why = why;
  }

  @Override
  public Optional<ModelSetting> current(String model) {
    return loaded.setting(model);
  }

  @Override
  public Actuation apply(ModelSetting wanted) {
    return loaded.change(wanted, (before, after) -> new Advised(Advice.lines(before, after), why));
  }
}
