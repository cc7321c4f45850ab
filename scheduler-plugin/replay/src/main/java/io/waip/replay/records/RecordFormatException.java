package io.waip.replay.records;

/** A file of records that is not as it was written. The message is one line for the user. */
public final class RecordFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long goodRecords;

  RecordFormatException(String message, long goodRecords) {
    super(message);
    this.goodRecords = goodRecords;
  }

  /** Returns how many records before the place are as they were written. */
  public long goodRecords() {
    return goodRecords;
  }
}
