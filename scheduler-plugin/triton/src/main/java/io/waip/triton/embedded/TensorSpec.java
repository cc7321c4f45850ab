package io.waip.triton.embedded;

import java.util.Arrays;
import java.util.List;

/**
 * An input or output of a model.
 *
 * @param name unique among the model's inputs, or outputs
 * @param type of its elements
 * @param dims without the batch axis; -1 where a request decides
 */
public record TensorSpec(String name, TensorType type, List<Long> dims) {
  public TensorSpec {
    dims = List.copyOf(dims);
    if (name.isEmpty() || dims.isEmpty()) {
      throw new IllegalArgumentException("a tensor needs a name and dims, is " + name + " " + dims);
    }
    for (long dim : dims) {
      if (dim == 0 || dim < -1) {
        throw new IllegalArgumentException(
            "dims of %s are %s; allowed are -1 and at least 1".formatted(name, dims));
      }
    }
  }

  /** Returns a tensor of these dims. */
  public static TensorSpec of(String name, TensorType type, long... dims) {
    return new TensorSpec(name, type, Arrays.stream(dims).boxed().toList());
  }
}
