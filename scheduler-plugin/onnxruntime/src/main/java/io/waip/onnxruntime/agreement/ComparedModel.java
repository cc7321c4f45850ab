package io.waip.onnxruntime.agreement;

import java.util.List;

/** A variant as comparisons run it: by one thread, one batch at a time. */
public interface ComparedModel extends AutoCloseable {
  /** Forgets that it was stopped; before each run. */
  void ready();

  /**
   * Runs a batch.
   *
   * @param inputs as those of a {@link ServedBatch}
   * @param output name of the output wanted
   * @throws Exception if it fails, or was stopped
   */
  DenseTensor run(List<DenseTensor> inputs, String output) throws Exception;

  /** Lets the run that is under way, or the one to come, end soon. Any thread, until the close. */
  void stop();

  /** Frees what the comparisons need; the model stays. */
  @Override
  void close();
}
