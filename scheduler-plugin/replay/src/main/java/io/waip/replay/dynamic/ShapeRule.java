package io.waip.replay.dynamic;

/** What a dynamic batcher does with requests of unequal length. */
public enum ShapeRule {
  /** A request of another length closes the batch: the server's rule for inputs it may not pad. */
  EQUAL,
  /** Requests of any length share a batch, padded to the longest: the client or model pads. */
  PADDED
}
