package io.waip.cli.report;

import io.waip.cli.input.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a command's {@code --report} goes. A command checks the place before it starts to work, so
 * that no long run ends with a report that cannot be stored.
 *
 * @param path the file, replaced where it exists
 */
public record ReportFile(Path path) {
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
   * Writes the report.
   *
   * @return the file's absolute path
   * @throws UserError if it cannot be written
   */
  public Path write(ReportPage page) {
    try {
      return Files.writeString(path, HtmlReport.of(page)).toAbsolutePath();
    } catch (IOException e) {
      throw problem("cannot write " + path + ": " + e);
    }
  }

  private static UserError problem(String what) {
    return new UserError(
        what,
        "--report",
        "a file in an existing, writable folder",
        "create the folder or name another file");
  }
}
