package io.waip.replay.diagnose.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Source;
import io.waip.replay.diagnose.ModelConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The configuration of a model: {@code config.pbtxt}, or the JSON that {@code GET
 * /v2/models/M/config} answers. Stateless.
 */
public final class ConfigurationFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ConfigurationFile() {}

  /**
   * A configuration and whose it is.
   *
   * @param model name in it; where it has none that of its folder, as Triton takes it
   * @param configuration what it says
   */
  public record Named(String model, ModelConfiguration configuration) {}

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read
   * @throws MeasurementFormatException if it is of neither form, or nothing names the model
   */
  public static Named read(Path file) throws IOException {
    String text = Files.readString(file);
    JsonNode tree =
        text.stripLeading().startsWith("{")
            ? json(file, text)
            : TextFormat.parse(file.toString(), text);
    if (!tree.has("name")
        && !tree.has("backend")
        && !tree.has("platform")
        && !tree.has("input")
        && !tree.has("max_batch_size")) {
      throw bad(file, 0, "neither name, backend, platform, input nor max_batch_size is in it");
    }
    ModelConfiguration configuration = new ModelConfiguration(tree);
    String name = configuration.name().isEmpty() ? folder(file) : configuration.name();
    return new Named(name, configuration);
  }

  private static JsonNode json(Path file, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw bad(file, e.getLocation() == null ? 0 : e.getLocation().getLineNr(), "broken JSON");
    }
  }

  private static String folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || folder.getFileName() == null) {
      throw bad(file, 0, "it names no model, and lies in no folder that would");
    }
    return folder.getFileName().toString();
  }

  private static MeasurementFormatException bad(Path file, int line, String found) {
    return new MeasurementFormatException(
        new Source(file.toString(), Math.max(0, line)),
        found,
        "config.pbtxt of a model, or the JSON of GET /v2/models/M/config",
        "save it again: curl -s localhost:8000/v2/models/M/config > FILE");
  }
}
