package io.waip.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes shell scripts and runs programs in a folder, with an environment that is only its own. */
final class ShellScripts {

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  /** What one run gave. */
  record Run(int exitCode, String out, String err) {}

  /** Programs run in {@code folder}; their output is kept there too. */
  ShellScripts(Path folder) {
    this.folder = folder;
  }

  /** Sets a variable of the programs run from now on. */
  void set(String name, String value) {
    environment.put(name, value);
  }

  /** Writes an executable file. */
  static Path write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Runs a program to its end. */
  Run run(Path program, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(args));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    return new Run(
        exitCode,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
