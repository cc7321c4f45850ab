package io.waip.cli.runtime;

import io.waip.cli.input.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of text that a command leaves. A command checks the place before it starts to work, so
 * that no long run ends with a result that cannot be stored.
 *
 * @param option that named the file, such as {@code --report}
 * @param path the file, replaced where it exists
 */
public record OutputFile(String option, Path path) {
  /**
   * Checks that the file can be written.
   *
   * @throws UserError if the folder is missing, or the file is a folder or not writable
   */
  public void check() {
    Path folder = path.toAbsolutePath().getParent();
    boolean writable =
        folder != null
            && Files.isDirectory(folder)
            && !Files.isDirectory(path)
            && Files.isWritable(Files.exists(path) ? path : folder);
    if (!writable) {
      throw problem("cannot write " + path);
    }
  }

  /**
   * Writes the file.
   *
   * @return its absolute path
   * @throws UserError if it cannot be written
   */
  public Path write(CharSequence text) {
    try {
      return Files.writeString(path, text).toAbsolutePath();
    } catch (IOException e) {
      throw problem("cannot write " + path + ": " + e);
    }
  }

  private UserError problem(String what) {
    return new UserError(
        what,
        option,
        "a file in an existing, writable folder",
        "create the folder or name another file");
  }
}
