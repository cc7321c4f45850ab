package io.waip.onnxruntime;

/**
 * Runs batches for one worker: assembles the inputs, executes the variant and sets the output of
 * each member. Confined to that worker's thread.
 */
interface BatchRunner extends AutoCloseable {
  /**
   * Runs a batch.
   *
   * @throws Exception if it could not be executed; no member's output may be used then
   */
  void run(Execution execution) throws Exception;

  /** Frees what the runner holds. */
  @Override
  void close();
}
