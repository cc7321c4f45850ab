package io.waip.api.measurement;

/**
 * Where a measurement was found.
 *
 * @param file as the user gave it; not blank
 * @param line first line of it, from 1; 0 where the form has no lines
 */
public record Source(String file, int line) {
  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the file is blank or the line negative
   */
  public Source {
    if (file.isBlank() || line < 0) {
      throw new IllegalArgumentException("a source needs a file and a line >= 0");
    }
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
