package io.waip.nativebridge;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds and opens {@code libwaip_bridge}: the explicit path, then the packaged resource, then the
 * folders of the library path. The first usable one is taken; its ABI version is compared before
 * any other call.
 *
 * <p>A given explicit path is the only place looked at: a wrong one is a fault of the
 * configuration, not a reason to run something else.
 */
final class NativeLibrary {
  static final String FILE_NAME = "libwaip_bridge.so";

  private NativeLibrary() {}

  /**
   * Opens the library.
   *
   * @throws IllegalStateException if an explicit path is given and not usable
   * @throws NativeUnavailableException if no place has a usable library; names each place and
   *     reason
   */
  static BridgeLibrary load(NativeSettings settings) throws NativeUnavailableException {
    String explicit = settings.explicitPath();
    if (explicit != null) {
      return loadExplicit(explicit);
    }
    List<String> reasons = new ArrayList<>();
    BridgeLibrary packaged = attempt(() -> openPackaged(settings.platform()), reasons);
    if (packaged != null) {
      return packaged;
    }
    for (String folder : settings.libraryPath().split(File.pathSeparator, -1)) {
      Path file = Path.of(folder, FILE_NAME);
      if (!folder.isEmpty() && Files.isRegularFile(file)) {
        BridgeLibrary found = attempt(() -> open(file), reasons);
        if (found != null) {
          return found;
        }
      }
    }
    reasons.add("java.library.path: no usable " + FILE_NAME);
    throw new NativeUnavailableException(String.join("; ", reasons));
  }

  private static BridgeLibrary loadExplicit(String explicit) {
    try {
      return open(Path.of(explicit).toAbsolutePath());
    } catch (NativeUnavailableException e) {
      throw new IllegalStateException(
          "%s is '%s', which cannot be used (%s); give the path of a %s of this version, or drop it"
              .formatted(NativeSettings.PATH_PROPERTY, explicit, e.reason(), FILE_NAME),
          e);
    }
  }

  private static @Nullable BridgeLibrary attempt(Opening opening, List<String> reasons) {
    try {
      return opening.open();
    } catch (NativeUnavailableException e) {
      reasons.add(e.reason());
      return null;
    }
  }

  // Restricted because loading a library runs its code; that is this class's job.
  @SuppressWarnings("restricted")
  private static BridgeLibrary open(Path file) throws NativeUnavailableException {
    try {
      return BridgeLibrary.bind(file.toString(), SymbolLookup.libraryLookup(file, Arena.global()));
    } catch (IllegalArgumentException e) {
      throw new NativeUnavailableException(file + ": cannot be opened as a shared library");
    } catch (IllegalCallerException e) {
      throw new NativeUnavailableException(
          "native access is denied: start Java with --enable-native-access="
              + (NativeLibrary.class.getModule().isNamed()
                  ? "io.waip.nativebridge"
                  : "ALL-UNNAMED"));
    }
  }

  /** Unpacks to a private folder; once open, the file itself is no longer needed. */
  private static BridgeLibrary openPackaged(String platform) throws NativeUnavailableException {
    String resource = "/META-INF/native/" + platform + "/" + FILE_NAME;
    try (InputStream packed = NativeLibrary.class.getResourceAsStream(resource)) {
      if (packed == null) {
        throw new NativeUnavailableException("packaged: none for " + platform);
      }
      Path folder = Files.createTempDirectory("waip-native");
      Path file = folder.resolve(FILE_NAME);
      try {
        Files.copy(packed, file);
        return open(file);
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new NativeUnavailableException(
          "packaged: cannot be unpacked to -Djava.io.tmpdir: " + e);
    }
  }

  /** One way to get at a library. */
  private interface Opening {
    BridgeLibrary open() throws NativeUnavailableException;
  }
}
