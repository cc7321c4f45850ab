package io.waip.onnxruntime;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a model answered to one request: every output asked for, without the batch axis and trimmed
 * to the request's own length. Owned by the caller.
 */
public final class OutputRow {
  private final Map<String, Values> outputs;

  /**
   * Collects outputs by name.
   *
   * @param outputs copied; the arrays are not
   */
  OutputRow(Map<String, Values> outputs) {
    this.outputs = Map.copyOf(outputs);
  }

  /** One output: {@code float32}, row-major. */
  static final class Values {
    private final float[] elements;
    private final int[] shape;

    /** Takes over both arrays. */
    Values(float[] elements, int... shape) {
      this.elements = elements;
      this.shape = shape;
    }
  }

  /**
   * Returns the values of an output, {@code float32}, row-major, not a copy.
   *
   * @throws IllegalArgumentException if the model has no such output
   */
  public float[] values(String output) {
    return find(output).elements;
  }

  /**
   * Returns the dimensions of an output without the batch axis.
   *
   * @throws IllegalArgumentException if the model has no such output
   */
  public List<Integer> shape(String output) {
    return Arrays.stream(find(output).shape).boxed().toList();
  }

  /**
   * Returns the mean over the first axis of an output of shape {@code [length, hidden]}: a sentence
   * embedding, {@code float32 [hidden]}.
   *
   * @throws IllegalArgumentException if the model has no such output, or it is not a matrix
   */
  public float[] meanOverLength(String output) {
    Values matrix = find(output);
    if (matrix.shape.length != 2) {
      throw new IllegalArgumentException(
          "output '%s' has shape %s; a mean over the length needs [length, hidden]"
              .formatted(output, Arrays.toString(matrix.shape)));
    }
    int length = matrix.shape[0];
    float[] mean = new float[matrix.shape[1]];
    for (int i = 0; i < length; i++) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += matrix.elements[i * mean.length + j];
      }
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] /= length;
    }
    return mean;
  }

  private Values find(String output) {
    Values values = outputs.get(output);
    if (values == null) {
      throw new IllegalArgumentException(
          "no output '%s'; there are %s".formatted(output, outputs.keySet()));
    }
    return values;
  }
}
