package io.waip.benchmarks.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The modules of the build: which there are, and the package each one owns. */
final class Modules {
  /** Package below {@code io.waip} that each module owns. */
  static final Map<String, String> PACKAGE_OF =
      Map.of(
          "plugin-api", "api",
          "native-bridge", "nativebridge",
          "cost-models", "cost",
          "engine", "scheduler",
          "replay", "replay",
          "onnxruntime", "onnxruntime",
          "triton", "triton",
          "cli", "cli",
          "benchmarks", "benchmarks",
          "examples", "examples");

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final String NESTED = "scheduler-plugin";

  private Modules() {}

  /** Returns the folder of the root POM; tests run in a module's folder. */
  static Path projectFolder() {
    Path folder = Path.of("").toAbsolutePath();
    return Files.exists(folder.resolve(NESTED)) ? folder : folder.resolveSibling("");
  }

  /** Returns the folders of the modules that make the product, as the POMs list them. */
  static List<Path> folders() throws IOException {
    return all().stream().filter(folder -> !standsAlone(folder)).toList();
  }

  /**
   * Returns the folders of modules without a parent, which are built as a user's own project is.
   */
  static List<Path> standingAlone() throws IOException {
    return all().stream().filter(Modules::standsAlone).toList();
  }

  private static boolean standsAlone(Path folder) {
    return !pom(folder).contains("<parent>");
  }

  /** Returns the POM of a folder. */
  static String pom(Path folder) {
    try {
      return Files.readString(folder.resolve("pom.xml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the folders of all modules that hold code. */
  static List<Path> all() throws IOException {
    Path root = projectFolder();
    List<Path> folders = new ArrayList<>();
    for (String module : listed(root.resolve("pom.xml"))) {
      if (module.equals(NESTED)) {
        Path nested = root.resolve(NESTED);
        listed(nested.resolve("pom.xml")).forEach(name -> folders.add(nested.resolve(name)));
      } else {
        folders.add(root.resolve(module));
      }
    }
    return folders;
  }

  private static List<String> listed(Path pom) throws IOException {
    Matcher matcher = MODULE.matcher(Files.readString(pom));
    return matcher.results().map(found -> found.group(1)).toList();
  }
}
