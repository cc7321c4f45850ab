package io.waip.cli.demo;

import io.waip.cli.input.UserError;
import io.waip.replay.trace.TraceFormatException;
import io.waip.replay.trace.TraceReader;
import java.nio.file.Path;

/** Arrival times of a trace file. */
final class ArrivalTrace {
  private ArrivalTrace() {}

  /**
   * Reads the arrival times; whatever else the file says is left alone.
   *
   * @throws UserError if it is missing or not understood
   */
  static long[] read(Path file) {
    try {
      return TraceReader.read(file).arrivalNanos();
    } catch (TraceFormatException e) {
      throw new UserError(String.valueOf(e.getMessage()), "--trace", "", "");
    }
  }
}
