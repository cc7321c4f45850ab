package io.waip.cli.bench.front;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * Puts a {@link MemoryHog} beside the planner of a copied runtime: a script in the place of its
 * {@code java} starts the hog, which starts the planner. It does so only while the hog is armed;
 * else the planner runs as delivered.
 */
final class MemoryHogPlant {
  private MemoryHogPlant() {}

  private static Path folder(Path runtime) {
    return runtime.resolve("hog");
  }

  private static Path armedFile(Path runtime) {
    return folder(runtime).resolve("armed");
  }

  private static Path triggerFile(Path runtime) {
    return folder(runtime).resolve("fill");
  }

  /** Changes a runtime that the bench copied. */
  static void plant(Path runtime) throws IOException {
    Path java = runtime.resolve("jre/bin/java");
    Path real = java.resolveSibling("java.real");
    Files.move(java, real);
    String name = MemoryHog.class.getName();
    Path classFile = folder(runtime).resolve(name.replace('.', '/') + ".class");
    Files.createDirectories(Objects.requireNonNull(classFile.getParent()));
    try (InputStream in =
        Objects.requireNonNull(MemoryHog.class.getResourceAsStream("MemoryHog.class"))) {
      Files.copy(in, classFile);
    }
    Files.writeString(
        java,
        SCRIPT
            .replace("@ARMED@", armedFile(runtime).toString())
            .replace("@REAL@", real.toString())
            .replace("@FOLDER@", folder(runtime).toString())
            .replace("@CLASS@", name)
            .replace("@TRIGGER@", triggerFile(runtime).toString()));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** From the next start of the planner on, it can be made to run out of memory. */
  static void arm(Path runtime) throws IOException {
    Files.writeString(armedFile(runtime), "");
  }

  /** Makes the armed planner run out of memory now. */
  static void fill(Path runtime) throws IOException {
    Files.writeString(triggerFile(runtime), "");
  }

  /** Lets the next planner live. */
  static void stopFilling(Path runtime) throws IOException {
    Files.deleteIfExists(triggerFile(runtime));
  }

  /** Turns {@code -jar J ARGS} into {@code -cp J:FOLDER HOG TRIGGER J ARGS}. */
  private static final String SCRIPT =
      """
      #!/bin/sh
      if [ -e '@ARMED@' ]; then
        left=$#
        while [ "$left" -gt 0 ]; do
          argument=$1
          shift
          left=$((left - 1))
          if [ "$argument" = -jar ]; then
            jar=$1
            shift
            left=$((left - 1))
            set -- "$@" -cp "$jar:@FOLDER@" '@CLASS@' '@TRIGGER@' "$jar"
          else
            set -- "$@" "$argument"
          fi
        done
      fi
      exec '@REAL@' "$@"
      """;
}
