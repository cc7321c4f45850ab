package io.waip.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout the tests run in. */
public final class ProjectFiles {

  private ProjectFiles() {}

  /** A file of the checkout, by its path from the root. */
  public static Path at(String path) {
    Path folder = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    while (!Files.exists(folder.resolve("waip"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("the tests do not run inside a checkout");
      }
      folder = parent;
    }
    return folder.resolve(path);
  }
}
