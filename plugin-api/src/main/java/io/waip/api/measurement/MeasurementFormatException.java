package io.waip.api.measurement;

import java.io.Serial;

/** A file of measurements is not as it should be; the message is one line for the user. */
public final class MeasurementFormatException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;
  private static final int MAX_QUOTED_CHARS = 60;

  /**
   * Describes the mistake; control characters become {@code ?}.
   *
   * @param place where it is
   * @param found what is there
   * @param allowed what may be there
   * @param remedy what to do about it
   */
  public MeasurementFormatException(Source place, String found, String allowed, String remedy) {
    super(
        "%s: %s; allowed: %s; remedy: %s"
            .formatted(place, found, allowed, remedy)
            .replaceAll("\\p{Cntrl}", "?"));
  }

  /** Returns a value from a file in quotes, shortened. */
  public static String quote(String found) {
    boolean fits = found.length() <= MAX_QUOTED_CHARS;
    return "'" + (fits ? found : found.substring(0, MAX_QUOTED_CHARS) + "…") + "'";
  }
}
