package io.waip.replay.records;

/** What happens to a record when the writer cannot keep up and the ring is full. */
public enum WhenFull {
  /** The scheduler's thread waits: for a replay, whose time is virtual. Nothing is lost. */
  WAIT,
  /** It is lost and counted: for live traffic, which must not wait. The file tells where. */
  LOSE
}
