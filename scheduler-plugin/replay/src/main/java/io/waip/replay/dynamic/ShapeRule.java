package io.waip.replay.dynamic;

/** How requests of unequal length reach a dynamic batcher, and what it does with them. */
public enum ShapeRule {
  /**
   * Each request comes as it is, and one of another length closes the batch: the server's rule for
   * inputs of variable size.
   */
  EQUAL,
  /**
   * The client pads every request to the longest length the model takes, so all shapes are equal.
   */
  PADDED_TO_MAX,
  /**
   * Requests of any length share a batch, padded to the longest of the batch: inputs that allow
   * ragged batches, padded by the model.
   */
  RAGGED
}
