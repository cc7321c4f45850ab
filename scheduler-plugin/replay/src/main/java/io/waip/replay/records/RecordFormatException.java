package io.waip.replay.records;

import java.nio.file.Path;

/** A file of records that is not as it was written. The message is one line for the user. */
public final class RecordFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String fault;
  private final long goodRecords;

  RecordFormatException(Path file, String fault, long goodRecords) {
    super(file + ": " + fault);
    this.fault = fault;
    this.goodRecords = goodRecords;
  }

  /** Returns what is wrong and where in the file, without the file's name. */
  public String fault() {
    return fault;
  }

  /** Returns how many records before the place are as they were written. */
  public long goodRecords() {
    return goodRecords;
  }
}
