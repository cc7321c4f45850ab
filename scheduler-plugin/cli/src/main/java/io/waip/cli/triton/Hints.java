package io.waip.cli.triton;

import io.waip.cli.config.HintSettings;
import io.waip.cli.control.ControlThread;
import io.waip.cli.hints.HintReceiver;
import io.waip.cli.input.UserError;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets hints from outside make the next plan early. Fails open: where the port cannot be opened,
 * one line says so and plans are made at their period.
 */
final class Hints implements AutoCloseable {
  private final Optional<HintReceiver> receiver;

  private Hints(Optional<HintReceiver> receiver) {
    this.receiver = receiver;
  }

  /**
   * Opens the port where a configuration asks for it.
   *
   * @param control to be asked for a plan; where there is none, hints are of no use and none are
   *     taken
   */
  static Hints start(
      Optional<HintSettings> settings, Optional<ControlThread> control, Consumer<String> log) {
    if (settings.isEmpty()) {
      return new Hints(Optional.empty());
    }
    if (control.isEmpty()) {
      log.accept("planner: no hints are taken: no plans are made that they could hasten");
      return new Hints(Optional.empty());
    }
    ControlThread planning = control.get();
    try {
      return new Hints(
          Optional.of(
              HintReceiver.start(
                  settings.get(),
                  hint -> {
                    log.accept("planner: hint: " + hint);
                    planning.planSoon();
                  })));
    } catch (UserError e) {
      log.accept("planner: no hints are taken: " + e.line());
      return new Hints(Optional.empty());
    }
  }

  @Override
  public void close() {
    receiver.ifPresent(HintReceiver::close);
  }
}
