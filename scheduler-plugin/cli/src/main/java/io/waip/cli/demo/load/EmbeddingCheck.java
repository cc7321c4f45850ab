package io.waip.cli.demo.load;

/** An answer must cover its text, and be close to the text's reference embedding. */
final class EmbeddingCheck implements AnswerCheck {
  /**
   * Least cosine to the reference embedding. Measured on this model: the lowest of 1000 texts over
   * all batch compositions of the int8 variant was 0.955; another text's embedding lies far below.
   */
  private static final double LEAST_COSINE = 0.90;

  @Override
  public boolean isRight(TextLoad load, int request, Serving.Reply reply) {
    float[] hidden = reply.hidden();
    int length = load.length(request);
    if (hidden == null || reply.rows() < length || hidden.length % reply.rows() != 0) {
      return false;
    }
    float[] reference = load.texts().reference(load.text(request));
    return reference == null
        || Cosine.of(reference, mean(hidden, length, hidden.length / reply.rows())) >= LEAST_COSINE;
  }

  /** Returns the mean over the text's own positions, {@code float32 [width]}. */
  private static float[] mean(float[] hidden, int length, int width) {
    float[] mean = new float[width];
    for (int i = 0; i < length; i++) {
      for (int j = 0; j < width; j++) {
        mean[j] += hidden[i * width + j] / length;
      }
    }
    return mean;
  }
}
