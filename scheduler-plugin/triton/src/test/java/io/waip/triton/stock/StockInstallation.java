package io.waip.triton.stock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * An installed stock tritonserver 24.10 with its Python backend, and the Python of its clients.
 *
 * @param server folder with {@code bin} and {@code backends}
 * @param python interpreter that has tritonclient
 * @param pythonHome prefix of the Python whose standard library the models use
 * @param pythonLibrary the shared libpython that the backend's stub loads
 * @param pythonPackages folder with numpy and onnxruntime
 */
public record StockInstallation(
    Path server, Path python, Path pythonHome, Path pythonLibrary, Path pythonPackages) {
  private static final long TIMEOUT_MINUTES = 15;

  /**
   * Installs the server unless that is done, which takes seconds to minutes.
   *
   * @throws TestAbortedException when it cannot be installed, with the installer's own reason
   */
  public static StockInstallation require() {
    try {
      Path log = Path.of("target", "install-stock-server.log").toAbsolutePath();
      Process installer =
          new ProcessBuilder(
                  "bash", OutsideFiles.folder().resolve("install-stock-server").toString())
              .redirectError(log.toFile())
              .start();
      installer.getOutputStream().close();
      String facts = new String(installer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!installer.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        installer.destroyForcibly();
        throw new TestAbortedException(
            "installing the stock server took over " + TIMEOUT_MINUTES + " min");
      }
      if (installer.exitValue() != 0) {
        List<String> lines = Files.readAllLines(log);
        throw new TestAbortedException(lines.isEmpty() ? "no stock server" : lines.getLast());
      }
      return of(facts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Reads the installer's {@code key=value} lines. */
  static StockInstallation of(String facts) {
    Map<String, Path> values = new HashMap<>();
    for (String line : facts.lines().toList()) {
      int equals = line.indexOf('=');
      values.put(line.substring(0, equals), Path.of(line.substring(equals + 1)));
    }
    return new StockInstallation(
        value(values, "server"),
        value(values, "python"),
        value(values, "python_home"),
        value(values, "python_library"),
        value(values, "python_packages"));
  }

  private static Path value(Map<String, Path> values, String key) {
    Path value = values.get(key);
    if (value == null) {
      throw new IllegalStateException("install-stock-server printed no " + key + ": " + values);
    }
    return value;
  }
}
