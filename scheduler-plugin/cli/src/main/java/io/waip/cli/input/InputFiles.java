package io.waip.cli.input;

import io.waip.api.measurement.MeasurementFormatException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Turns the faults of files into errors for the user. Stateless. */
public final class InputFiles {
  private InputFiles() {}

  /** Reads a file. */
  @FunctionalInterface
  public interface Reading<T> {
    /**
     * Reads it.
     *
     * @throws IOException if it cannot be read
     */
    T read(Path file) throws IOException;
  }

  /**
   * Reads a file.
   *
   * @throws UserError if it cannot be read, or is not as it should be
   */
  public static <T> T read(Path file, Reading<T> reading) {
    try {
      return reading.read(file);
    } catch (MeasurementFormatException e) {
      throw new UserError(String.valueOf(e.getMessage()), "", "", "");
    } catch (IOException e) {
      throw new UserError(
          "cannot be read: " + reason(e), file.toString(), "a readable file", "check the path");
    }
  }

  private static String reason(IOException fault) {
    if (fault instanceof NoSuchFileException) {
      return "no such file";
    }
    return fault instanceof CharacterCodingException
        ? "it is not UTF-8 text"
        : fault.getClass().getSimpleName();
  }
}
