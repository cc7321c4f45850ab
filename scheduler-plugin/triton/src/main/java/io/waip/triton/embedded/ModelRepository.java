package io.waip.triton.embedded;

import io.waip.nativebridge.SharedLibraries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model repository and a backend folder in one private temporary folder, removed by {@link
 * #close()}. Close the server first.
 *
 * <p>Threading: one thread.
 */
public final class ModelRepository implements AutoCloseable {
  /** The backend of this project. */
  public static final String WAIP_BACKEND = "waip";

  private final Path root;

  private ModelRepository(Path root) {
    this.root = root;
  }

  /**
   * Makes an empty repository below {@code java.io.tmpdir}, for the owner's eyes only.
   *
   * @throws UncheckedIOException if the folder cannot be made
   */
  public static ModelRepository temporary() {
    try {
      ModelRepository made = new ModelRepository(Files.createTempDirectory("waip-models"));
      Files.createDirectory(made.models());
      Files.createDirectory(made.backends());
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the folder of the models. */
  public Path models() {
    return root.resolve("models");
  }

  /** Returns the folder of the backends. */
  public Path backends() {
    return root.resolve("backends");
  }

  /** Returns the folder all of it lies in, for files that shall go with it. */
  public Path root() {
    return root;
  }

  /**
   * Writes a model: its configuration and an empty version 1. One that exists is written anew; a
   * server takes that up at the next load.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public ModelRepository add(ModelConfig config) {
    try {
      Path folder = models().resolve(config.name());
      Files.createDirectories(folder.resolve("1"));
      Files.writeString(folder.resolve("config.pbtxt"), config.toPbtxt());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Copies a backend's library to where Triton looks for it, {@code NAME/libtriton_NAME.so}.
   *
   * @throws UncheckedIOException if it cannot be copied
   */
  public ModelRepository addBackend(String name, Path library) {
    try {
      Files.copy(library, backendFile(name));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds this project's backend, which is packaged with it, as {@link #WAIP_BACKEND}.
   *
   * @throws UncheckedIOException if it is not packaged for this platform, or cannot be written
   */
  public ModelRepository addWaipBackend() {
    try {
      SharedLibraries.unpack("libtriton_" + WAIP_BACKEND + ".so", backendFile(WAIP_BACKEND));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path backendFile(String name) throws IOException {
    return Files.createDirectories(backends().resolve(name)).resolve("libtriton_" + name + ".so");
  }

  /**
   * Removes the folder; one that is gone is no fault.
   *
   * @throws UncheckedIOException if something in it cannot be removed
   */
  @Override
  public void close() {
    try {
      Folders.delete(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
