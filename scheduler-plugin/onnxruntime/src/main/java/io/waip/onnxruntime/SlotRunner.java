package io.waip.onnxruntime;

import io.waip.nativebridge.rings.ArenaSlot;

/**
 * Runs batches that lie in slots of a Triton front's arena. Any number of threads may run batches
 * at once.
 */
public interface SlotRunner extends AutoCloseable {
  /**
   * Runs the batch of a slot and describes its outputs there. The slot is not ended by this.
   *
   * @throws Exception if it cannot; the batch fails with its message
   */
  void run(ArenaSlot slot) throws Exception;

  /** Frees what it runs with. No batch may be running. */
  @Override
  void close();
}
