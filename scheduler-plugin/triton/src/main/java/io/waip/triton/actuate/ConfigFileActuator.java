package io.waip.triton.actuate;

import io.waip.api.actuate.Actuation;
import io.waip.api.actuate.Actuation.Applied;
import io.waip.api.actuate.Actuation.Failed;
import io.waip.api.actuate.Actuation.Recovery;
import io.waip.api.actuate.Actuator;
import io.waip.api.actuate.ModelSetting;
import io.waip.triton.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Changes models of a server that polls its repository: writes the setting into the model's {@code
 * config.pbtxt}, which otherwise stays byte for byte, and waits until the server shows it.
 *
 * <p>A file is put in its place in one step. The one before is kept beside the models' folders as
 * {@code .waip-before-MODEL.pbtxt}, and comes back where the server does not show the setting in
 * time; then the server is waited for again until it shows what was in force. A server that does
 * not poll at all fails in the same way, with nothing changed.
 */
public final class ConfigFileActuator implements Actuator {
  private static final String FILE = "config.pbtxt";

  private final Path repository;
  private final Patience patience;
  private final Loaded loaded;

  /**
   * Acts on a server through its files.
   *
   * @param repository folder with a folder for each model, as the server reads it
   * @param patience at least the server's poll interval and a load of the model
   */
  public ConfigFileActuator(ModelServer server, Path repository, Patience patience) {
    this.repository = repository;
    this.patience = patience;
    loaded = new Loaded(server);
  }

  @Override
  public Optional<ModelSetting> current(String model) {
    return loaded.setting(model);
  }

  @Override
  public Actuation apply(ModelSetting wanted) {
    long started = patience.nanoClock().getAsLong();
    return loaded.change(
        wanted,
        (before, after) -> {
          String model = wanted.model();
          Path file = repository.resolve(model).resolve(FILE);
          String original;
          try {
            original = Files.readString(file);
            String edited = PbtxtEdit.of(original, before, after);
            replace(repository.resolve(".waip-before-" + model + ".pbtxt"), original, model);
            replace(file, edited, model);
          } catch (IOException | IllegalArgumentException e) {
            return loaded.untouched(model, OneLine.of(e));
          }
          if (!patience.await(() -> loaded.shows(wanted, before))) {
            return restored(model, before, original);
          }
          long nanos = Math.max(0, patience.nanoClock().getAsLong() - started);
          return new Applied(
              before.setting(),
              loaded.setting(model).orElse(after.setting()),
              Duration.ofNanos(nanos));
        });
  }

  private Failed restored(String model, Configuration before, String original) {
    String reason =
        "the server did not show the new %s of '%s' within %s: it refused it, or does not poll"
            .formatted(FILE, model, patience.limit());
    try {
      replace(repository.resolve(model).resolve(FILE), original, model);
    } catch (IOException e) {
      return new Failed(
          reason + "; the file before cannot be put back: " + OneLine.of(e),
          Recovery.NOT_RESTORED,
          loaded.setting(model));
    }
    return patience.await(() -> loaded.shows(model, before))
        ? new Failed(reason, Recovery.RESTORED, Optional.of(before.setting()))
        : new Failed(reason, Recovery.NOT_RESTORED, loaded.setting(model));
  }

  /** Writes a file whole and puts it in its place in one step: a poll sees the one or the other. */
  private void replace(Path file, String text, String model) throws IOException {
    Path written = repository.resolve(".waip-writing-" + model + ".pbtxt");
    Files.writeString(written, text);
    try {
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
  }
}
