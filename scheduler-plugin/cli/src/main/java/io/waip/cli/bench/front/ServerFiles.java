package io.waip.cli.bench.front;

import io.waip.cli.input.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An unpacked stock Triton and what its Python backend needs.
 *
 * @param server holds {@code bin/tritonserver} and {@code backends/python}
 * @param stub the Python backend's helper program for the Python in use
 * @param packages folder with numpy below 2, for the models
 */
record ServerFiles(Path server, Path stub, Path packages) {
  private static final String STUB = "triton_python_backend_stub";
  private static final String INSTALLER =
      "scheduler-plugin/triton/src/test/outside/install-stock-server";
  private static final String INNER = "server/pytriton/tritonserver";

  /**
   * Finds the server.
   *
   * @param named the folder the user names: of a tritonserver, or of an installation
   * @throws UserError if there is none
   */
  static ServerFiles find(@Nullable Path named) {
    Path home = home();
    Path folder = named == null ? home : named;
    for (Path server :
        List.of(folder, folder.resolve(INNER), folder.resolve("pytriton/tritonserver"))) {
      if (Files.isExecutable(server.resolve("bin/tritonserver"))) {
        Path packages =
            packages(folder).or(() -> packages(home)).orElseThrow(() -> noPackages(home));
        return new ServerFiles(server.toAbsolutePath(), stub(server, packages), packages);
      }
    }
    throw new UserError(
        "no stock tritonserver in " + folder,
        named == null ? "" : "--server",
        "a folder with bin/tritonserver",
        "run " + INSTALLER + " of the checkout, or name the folder with --server");
  }

  private static Path home() {
    String variable = System.getenv("WAIP_OUTSIDE_HOME");
    return variable == null || variable.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".cache/waip/outside")
        : Path.of(variable);
  }

  /** The packages of the environment that the installer made, one folder per Python version. */
  private static Optional<Path> packages(Path installation) {
    try (Stream<Path> versions = Files.list(installation.resolve("venv/lib"))) {
      return versions
          .map(version -> version.resolve("site-packages"))
          .filter(folder -> Files.isDirectory(folder.resolve("numpy")))
          .max(Comparator.naturalOrder())
          .map(Path::toAbsolutePath);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static UserError noPackages(Path home) {
    return new UserError(
        "no Python environment with numpy for the server's Python backend in " + home,
        "",
        "what the installer makes",
        "run " + INSTALLER + " of the checkout");
  }

  private static Path stub(Path server, Path packages) {
    String python = packages.getName(packages.getNameCount() - 2).toString();
    Path byVersion =
        server.resolve("python_backend_stubs").resolve(python.replace("python", "")).resolve(STUB);
    return (Files.exists(byVersion) ? byVersion : server.resolve("backends/python").resolve(STUB))
        .toAbsolutePath();
  }
}
