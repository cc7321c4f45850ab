package io.waip.cli.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waip.cli.input.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The {@code --json FILE} option of every command that produces figures. A command checks the place
 * before it starts to work, so that no long run ends with a figure that cannot be stored.
 */
public final class JsonOutput {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to FILE as JSON.")
  private @Nullable Path file;

  /** Whether the option was given. */
  public boolean isWanted() {
    return file != null;
  }

  /** The file given, or empty when the option was not given. */
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /**
   * Checks that the file can be written; does nothing when the option was not given.
   *
   * @throws UserError if the folder is missing, or the file is a folder or not writable
   */
  public void check() {
    if (file == null) {
      return;
    }
    Path folder = folder(file);
    if (!Files.isDirectory(folder)) {
      throw problem(file, "folder " + folder + " does not exist");
    }
    if (Files.isDirectory(file)) {
      throw problem(file, "it is a folder");
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw problem(file, "it is not writable");
    }
  }

  /**
   * Writes the figures in one step: a reader of a regular file sees the old content or the whole
   * new one. Devices and pipes are written through. Does nothing when the option was not given.
   *
   * @param figures a record, map or Jackson tree; record components become snake_case keys
   * @throws UserError if the file cannot be written
   */
  public void write(Object figures) {
    if (file == null) {
      return;
    }
    try {
      String text = MAPPER.writeValueAsString(figures) + "\n";
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        Files.writeString(file, text);
        return;
      }
      Path partial = folder(file).resolve(".waip-" + ProcessHandle.current().pid() + ".partial");
      Files.writeString(partial, text);
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw problem(file, e.toString());
    }
  }

  /** Returns figures as {@link #write} writes them. */
  public static JsonNode tree(Object figures) {
    return MAPPER.valueToTree(figures);
  }

  private static Path folder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  private static UserError problem(Path file, String why) {
    return new UserError(
        "cannot write " + file + ": " + why,
        "--json",
        "a file in an existing, writable folder",
        "create the folder or name another file");
  }
}
