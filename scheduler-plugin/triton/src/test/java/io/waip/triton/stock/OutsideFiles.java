package io.waip.triton.stock;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the parts of the outside tests that are not Java lie in the checkout. */
public final class OutsideFiles {
  private static final String FOLDER = "triton/src/test/outside";

  private OutsideFiles() {}

  /** {@code scheduler-plugin/triton/src/test/outside}, from whichever module's tests run. */
  public static Path folder() {
    Path module = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
    Path folder = module.resolveSibling(FOLDER);
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException(
          folder + " is missing: run the tests from a module of scheduler-plugin");
    }
    return folder;
  }
}
