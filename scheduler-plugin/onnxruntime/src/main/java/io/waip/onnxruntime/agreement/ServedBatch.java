package io.waip.onnxruntime.agreement;

import java.util.BitSet;
import java.util.List;

/** An execution that went well, while its tensors are still valid. */
public interface ServedBatch {
  /** Returns its number, distinct among the service's executions. */
  long id();

  /** Returns the index of the variant that ran. */
  int variant();

  /** Returns its rows, {@code >= 1}. */
  int rows();

  /** Returns its inputs, as the model was given them. */
  List<DenseTensor> inputs();

  /** Returns the output that is compared, {@code float32 [rows, ...]}. */
  DenseTensor output();

  /**
   * Returns which positions of a row are real, padding left out; empty where the output has no
   * length.
   */
  BitSet real(int row);
}
