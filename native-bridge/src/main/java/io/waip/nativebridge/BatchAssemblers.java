package io.waip.nativebridge;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The choice between the assembler in C and its twin in Java.
 *
 * <p>System property {@code waip.native}: {@code auto} (default: native where it loads, else Java
 * with one logged line that names the remedy), {@code on} (native, or an exception), {@code off}
 * (Java). System property {@code waip.native.path}: the library file to use instead of searching.
 */
public final class BatchAssemblers {
  private static @Nullable BatchAssembler chosen;

  private BatchAssemblers() {}

  /**
   * Returns the assembler of this process; chosen on the first call, the same one ever after.
   *
   * @throws IllegalStateException if a property has a wrong value, or {@code waip.native} is {@code
   *     on} and the library cannot be used
   */
  public static synchronized BatchAssembler best() {
    if (chosen == null) {
      Logger logger = System.getLogger(BatchAssemblers.class.getName());
      chosen = choose(NativeSettings.fromSystemProperties(), logger);
    }
    return chosen;
  }

  /** Returns the assembler in plain Java. */
  public static BatchAssembler java() {
    return new JavaBatchAssembler();
  }

  /**
   * Returns the assembler in C, whatever {@code waip.native} says: for comparisons.
   *
   * @throws IllegalStateException if the library cannot be used; names each place tried
   */
  public static BatchAssembler ffm() {
    try {
      return new FfmBatchAssembler(NativeLibrary.load(NativeSettings.fromSystemProperties()));
    } catch (NativeUnavailableException e) {
      throw new IllegalStateException(e.reason(), e);
    }
  }

  static BatchAssembler choose(NativeSettings settings, Logger logger) {
    if (settings.mode() == NativeSettings.Mode.OFF) {
      return java();
    }
    try {
      BridgeLibrary library = NativeLibrary.load(settings);
      logger.log(Level.DEBUG, "batch assembly in C from {0}", library.origin());
      return new FfmBatchAssembler(library);
    } catch (NativeUnavailableException e) {
      return refuse(settings, logger, e);
    }
  }

  private static BatchAssembler refuse(
      NativeSettings settings, Logger logger, NativeUnavailableException cause) {
    String remedy =
        "give the library with -Dwaip.native.path=FILE, or choose Java with -Dwaip.native=off";
    if (settings.mode() == NativeSettings.Mode.ON) {
      throw new IllegalStateException(
          "waip.native is on, and no library is usable: %s; %s".formatted(cause.reason(), remedy),
          cause);
    }
    logger.log(
        Level.WARNING,
        "batch assembly runs in Java, as no native library is usable: {0}; {1}",
        cause.reason(),
        remedy);
    return java();
  }
}
