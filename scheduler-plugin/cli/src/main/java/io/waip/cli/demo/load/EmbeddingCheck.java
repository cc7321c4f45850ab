package io.waip.cli.demo.load;

import io.waip.onnxruntime.Answer;
import io.waip.onnxruntime.OutputRow;

/** An answer must have its text's length, and be close to the text's reference embedding. */
final class EmbeddingCheck implements AnswerCheck {
  private static final String OUTPUT = "last_hidden_state";

  /**
   * Least cosine to the reference embedding. Measured on this model: the lowest of 1000 texts over
   * all batch compositions of the int8 variant was 0.955; another text's embedding lies far below.
   */
  private static final double LEAST_COSINE = 0.90;

  @Override
  public boolean isRight(TextLoad load, int request, Answer answer) {
    OutputRow output = answer.output();
    if (output == null || output.shape(OUTPUT).getFirst() != load.length(request)) {
      return false;
    }
    float[] reference = load.texts().reference(load.text(request));
    return reference == null || Cosine.of(reference, output.meanOverLength(OUTPUT)) >= LEAST_COSINE;
  }
}
