package io.waip.api.measurement;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads measurements from the files of one tool; found by {@link java.util.ServiceLoader}.
 * Stateless; any thread.
 */
public interface MeasurementReader {
  /** Returns the name users choose it by, such as {@code perf-analyzer-csv}. */
  String name();

  /**
   * Says whether a file seems to be of this form.
   *
   * @param head the first {@value MeasurementReaders#HEAD_CHARS} characters of it, or all, without
   *     a byte order mark
   */
  boolean recognises(Path file, String head);

  /**
   * Reads all measurements of a file.
   *
   * @return at least one, in the order of the file
   * @throws MeasurementFormatException if the file is not of this form; the message is one line
   *     with the place, what was found, what is allowed and the remedy
   * @throws IOException if it cannot be read
   */
  List<Measurement> read(Path file) throws IOException;
}
