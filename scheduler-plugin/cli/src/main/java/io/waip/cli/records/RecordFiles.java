package io.waip.cli.records;

import io.waip.cli.input.UserError;
import io.waip.replay.records.RecordFormatException;
import io.waip.replay.records.RecordReader;
import java.nio.file.Path;
import java.util.function.Function;

/** Opens files of records for commands; their faults become errors for the user. */
public final class RecordFiles {
  private RecordFiles() {}

  /**
   * Reads a file.
   *
   * @throws UserError if the file is not as it was written
   */
  public static <T> T read(Path file, Function<RecordReader, T> reading) {
    try (RecordReader reader = new RecordReader(file)) {
      return reading.apply(reader);
    } catch (RecordFormatException e) {
      throw error(e);
    }
  }

  /** Returns the error for a fault of a file. */
  static UserError error(RecordFormatException fault) {
    return new UserError(
        String.valueOf(fault.getMessage()),
        "",
        "a whole file that 'waip replay --records' wrote",
        "use a copy that was not changed, or record again");
  }
}
