package io.waip.triton.stock;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * Writes what a stock server reads: a model repository of targets, front models and ensembles, and
 * a backend directory with the Python backend and the front. A target is a folder of {@code
 * src/test/outside/models}; a front model repeats its interface.
 */
public final class StockRepository {
  /** What precedes a target's name in its front's. */
  public static final String FRONT = "front_";

  private static final String LIBRARY = "libtriton_waip.so";
  private static final String LIBRARY_RESOURCE = "/META-INF/native/linux-x86_64/" + LIBRARY;

  private final Path models;
  private final Path backends;

  private StockRepository(Path folder) {
    models = folder.resolve("models");
    backends = folder.resolve("backends");
  }

  /**
   * Makes an empty repository in a folder that is empty or absent.
   *
   * @param installation whose Python backend is linked into the backend directory
   */
  public static StockRepository in(Path folder, StockInstallation installation) {
    try {
      StockRepository repository = new StockRepository(folder.toAbsolutePath());
      Files.createDirectories(repository.models);
      Files.createDirectories(repository.backends);
      Files.createSymbolicLink(
          repository.backends.resolve("python"), installation.server().resolve("backends/python"));
      return repository;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether this build has a front to load. */
  public static boolean hasFront() {
    return StockRepository.class.getResource(LIBRARY_RESOURCE) != null;
  }

  /**
   * Puts the front of this build into the backend directory.
   *
   * @throws TestAbortedException when the build has none
   */
  public StockRepository withFrontBackend() {
    try (InputStream library = StockRepository.class.getResourceAsStream(LIBRARY_RESOURCE)) {
      if (library == null) {
        throw new TestAbortedException(
            "this build has no " + LIBRARY + ": build without -Dwaip.native=off");
      }
      Path folder = Files.createDirectories(backends.resolve("waip"));
      Files.copy(library, folder.resolve(LIBRARY));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a packaged backend folder, with its planner's runtime, into the backend directory. */
  public StockRepository withFrontBackend(Path packaged) {
    try {
      Files.createSymbolicLink(backends.resolve("waip"), packaged.toAbsolutePath());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds targets by name. */
  public StockRepository targets(List<String> names) {
    for (String name : names) {
      String config = part(name, "interface.pbtxt") + part(name, "serving.pbtxt");
      Path source = source(name);
      versions(source).forEach(version -> copyModel(version, name));
      write(name, config);
    }
    return this;
  }

  /**
   * Adds a front model of a target's interface, with as many versions.
   *
   * @param parameters of the front besides {@code target}
   */
  public StockRepository front(String name, String target, Map<String, String> parameters) {
    StringBuilder config =
        new StringBuilder(part(target, "interface.pbtxt")).append("backend: \"waip\"\n");
    config.append(parameter("target", target));
    parameters.forEach((key, value) -> config.append(parameter(key, value)));
    versions(source(target)).forEach(version -> createVersion(name, version));
    write(name, config.toString());
    return this;
  }

  /**
   * Adds the ensemble that runs two models one after the other; both have the interface of mixer.
   */
  public StockRepository ensemble(String name, String first, String second) {
    createVersion(name, Path.of("1"));
    String config = read(OutsideFiles.folder().resolve("ensembles/twice.pbtxt"));
    write(name, config.replace("@first@", first).replace("@second@", second));
    return this;
  }

  /** The folder for {@code --model-repository}. */
  public Path models() {
    return models;
  }

  /** The folder for {@code --backend-directory}. */
  public Path backends() {
    return backends;
  }

  private static String parameter(String key, String value) {
    return "parameters { key: \"" + key + "\" value: { string_value: \"" + value + "\" } }\n";
  }

  private static Path source(String target) {
    return OutsideFiles.folder().resolve("models").resolve(target);
  }

  private static String part(String target, String file) {
    return read(source(target).resolve(file));
  }

  private static List<Path> versions(Path source) {
    try (Stream<Path> files = Files.list(source)) {
      return files.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copyModel(Path version, String name) {
    try {
      Path folder = createVersion(name, version);
      Files.copy(version.resolve("model.py"), folder.resolve("model.py"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path createVersion(String name, Path version) {
    try {
      return Files.createDirectories(models.resolve(name).resolve(version.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, String config) {
    try {
      Files.writeString(
          models.resolve(name).resolve("config.pbtxt"), "name: \"" + name + "\"\n" + config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
