package io.waip.triton.embedded;

import io.waip.nativebridge.SharedLibraries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.tritonserver.global.tritonserver;
import org.jspecify.annotations.Nullable;

/**
 * Loads Triton's core into this process, once.
 *
 * <p>Order: stand-ins for the libraries the core is linked with and that the system does not find;
 * the core and its bindings through JavaCPP; then the core's symbols are shown to all, because a
 * backend names no library as needed and takes them from the process, as in a stock server. The
 * core exports {@code TRITON*} names alone, so that this hides nobody else's.
 *
 * <p>Files are unpacked to a private folder that is gone again once they are loaded.
 */
final class TritonLibrary {
  private static final String PLATFORM = "linux-x86_64";
  private static final String CORE = "libtritonserver.so";

  /** What the core names as needed and a machine without a GPU may lack. */
  static final List<String> REPLACEABLE =
      List.of("libcudart.so.12", "libdcgm.so.3", "libnuma.so.1");

  private static boolean loaded;

  private TritonLibrary() {}

  /** Returns why the core cannot be used on this machine, or null where it can. */
  static @Nullable String obstacle() {
    if (!SharedLibraries.platform().equals(PLATFORM)) {
      return "Triton's core is packaged for " + PLATFORM + ", not " + SharedLibraries.platform();
    }
    return SharedLibraries.isAllowed()
        ? null
        : "native code is off (-D" + SharedLibraries.MODE_PROPERTY + "=off)";
  }

  /**
   * Loads the core; a second call does nothing.
   *
   * @throws UnsupportedOperationException with {@link #obstacle()}
   * @throws UnsatisfiedLinkError if a library it needs is missing; carries the loader's message
   * @throws UncheckedIOException if it cannot be unpacked
   */
  static synchronized void load() {
    String obstacle = obstacle();
    if (obstacle != null) {
      throw new UnsupportedOperationException(obstacle);
    }
    if (!loaded) {
      try {
        loadFrom(Files.createTempDirectory("waip-triton"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      loaded = true;
    }
  }

  private static void loadFrom(Path folder) throws IOException {
    try {
      for (String name : REPLACEABLE) {
        if (!SharedLibraries.isPresent(name)) {
          Path file = folder.resolve(name);
          SharedLibraries.unpack("standin/" + name, file);
          SharedLibraries.load(file);
        }
      }
      configureBindings(folder);
      Loader.load(tritonserver.class);
      SharedLibraries.loadForAll(coreIn(folder));
    } finally {
      Folders.delete(folder);
    }
  }

  /** What the user has set stays as it is. */
  private static void configureBindings(Path folder) {
    setDefault("org.bytedeco.javacpp.cachedir", folder.toString());
    // Everything this package allocates it also frees; without this JavaCPP runs a thread for good.
    setDefault("org.bytedeco.javacpp.nopointergc", "true");
    // JavaCPP would refuse allocations, and collect garbage, by the size of the whole process.
    setDefault("org.bytedeco.javacpp.maxphysicalbytes", "0");
  }

  private static void setDefault(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /** JavaCPP unpacks below a folder named after the jar. */
  private static Path coreIn(Path folder) throws IOException {
    Path cache = Path.of(System.getProperty("org.bytedeco.javacpp.cachedir", folder.toString()));
    try (var files = Files.walk(cache)) {
      return files
          .filter(file -> file.endsWith(CORE))
          .findFirst()
          .orElseThrow(() -> new IOException("no " + CORE + " below " + cache));
    }
  }
}
