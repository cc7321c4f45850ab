package io.waip.nativebridge;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the native library is chosen.
 *
 * @param mode {@code -Dwaip.native}: whether native code is used
 * @param explicitPath {@code -Dwaip.native.path}: the library file, or null to search
 * @param libraryPath {@code java.library.path}: folders searched last
 * @param platform {@code <os>-<arch>} of the packaged library, such as {@code linux-x86_64}
 */
record NativeSettings(
    Mode mode, @Nullable String explicitPath, String libraryPath, String platform) {
  static final String MODE_PROPERTY = "waip.native";
  static final String PATH_PROPERTY = "waip.native.path";

  /** Whether native code is used. */
  enum Mode {
    /** Native where it loads, else Java with one logged line. */
    AUTO,
    /** Native, or the start fails. */
    ON,
    /** Java; nothing is loaded. */
    OFF
  }

  /**
   * Reads the system properties.
   *
   * @throws IllegalStateException if {@code waip.native} is not {@code auto}, {@code on} or {@code
   *     off}
   */
  static NativeSettings fromSystemProperties() {
    return new NativeSettings(
        parseMode(System.getProperty(MODE_PROPERTY, "auto")),
        System.getProperty(PATH_PROPERTY),
        System.getProperty("java.library.path", ""),
        platform(System.getProperty("os.name", ""), System.getProperty("os.arch", "")));
  }

  static Mode parseMode(String value) {
    return switch (value) {
      case "auto" -> Mode.AUTO;
      case "on" -> Mode.ON;
      case "off" -> Mode.OFF;
      default ->
          throw new IllegalStateException(
              "%s is '%s'; allowed are auto, on and off".formatted(MODE_PROPERTY, value));
    };
  }

  /** Names the platform as CMake does: Java calls x86-64 {@code amd64}. */
  static String platform(String osName, String osArch) {
    String arch = osArch.equals("amd64") ? "x86_64" : osArch;
    return osName.toLowerCase(Locale.ROOT).replace(' ', '_') + "-" + arch;
  }
}
