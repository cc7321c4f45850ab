package io.waip.triton.embedded;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link EmbeddedServer} is started with.
 *
 * @param models the model repository; a folder for each model
 * @param backends folder with a folder for each backend, {@code waip/libtriton_waip.so}
 * @param exitTimeout longest time {@link EmbeddedServer#close()} waits for requests; whole seconds,
 *     {@code [1 s, 1 h]}
 * @param modelControl who may load models
 * @param logLevel of the core's log
 * @param logFile where the log goes; null is standard error
 */
public record EmbeddedSettings(
    Path models,
    Path backends,
    Duration exitTimeout,
    ModelControl modelControl,
    LogLevel logLevel,
    @Nullable Path logFile) {
  /** As {@code tritonserver --exit-timeout-secs}: 30 s. */
  public static final Duration DEFAULT_EXIT_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration MAX_EXIT_TIMEOUT = Duration.ofHours(1);

  public EmbeddedSettings {
    if (exitTimeout.toSeconds() < 1
        || exitTimeout.compareTo(MAX_EXIT_TIMEOUT) > 0
        || exitTimeout.toNanosPart() != 0) {
      throw new IllegalArgumentException(
          "exitTimeout is %s; allowed are whole seconds from 1 s to 1 h".formatted(exitTimeout));
    }
  }

  /**
   * Returns settings with the defaults: 30 s to exit, models loaded by name, warnings to standard
   * error.
   */
  public static EmbeddedSettings of(Path models, Path backends) {
    return new EmbeddedSettings(
        models, backends, DEFAULT_EXIT_TIMEOUT, ModelControl.EXPLICIT, LogLevel.WARNING, null);
  }

  /** Returns settings for a repository of {@link ModelRepository}. */
  public static EmbeddedSettings of(ModelRepository repository) {
    return of(repository.models(), repository.backends());
  }

  /** Returns these settings with another exit time-out. */
  public EmbeddedSettings withExitTimeout(Duration timeout) {
    return new EmbeddedSettings(models, backends, timeout, modelControl, logLevel, logFile);
  }

  /** Returns these settings with another log. */
  public EmbeddedSettings withLog(LogLevel level, @Nullable Path file) {
    return new EmbeddedSettings(models, backends, exitTimeout, modelControl, level, file);
  }

  /** Returns these settings with another way of loading models. */
  public EmbeddedSettings withModelControl(ModelControl control) {
    return new EmbeddedSettings(models, backends, exitTimeout, control, logLevel, logFile);
  }
}
