package io.waip.cli.report;

import java.util.Locale;

/** Formats figures the same way on every machine. */
public final class Texts {
  private Texts() {}

  /** Returns {@link String#format} with a point as decimal sign. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation's library is no dependency
  public static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
