package io.waip.onnxruntime.agreement;

import io.waip.api.agreement.AgreementMeasure;
import io.waip.api.agreement.AnswerRow;

/**
 * Embeddings agree if the cosine of the angle between them is large enough. The embedding is the
 * mean over the real positions, which is the output itself where it has no length.
 *
 * @param least cosine, {@code [-1, 1]}
 */
public record CosineAgreement(double least) implements AgreementMeasure {
  /** Least cosine where none is given. */
  public static final double DEFAULT_LEAST = 0.99;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public CosineAgreement {
    if (!(least >= -1 && least <= 1)) {
      throw new IllegalArgumentException("a cosine must be in [-1, 1], is " + least);
    }
  }

  @Override
  public boolean agrees(AnswerRow answer, AnswerRow reference) {
    return answer.isShapedLike(reference) && cosine(answer, reference) >= least;
  }

  /**
   * Returns the cosine between the means of two answers of one shape, {@code [-1, 1]}; NaN if one
   * is zero or not finite.
   */
  public static double cosine(AnswerRow a, AnswerRow b) {
    double product = 0;
    double squareA = 0;
    double squareB = 0;
    int width = a.width();
    for (int i = 0; i < width; i++) {
      double sumA = 0;
      double sumB = 0;
      // The mean is the sum but for a factor, which no cosine sees.
      for (int at = i; at < a.size(); at += width) {
        sumA += a.value(at);
        sumB += b.value(at);
      }
      product += sumA * sumB;
      squareA += sumA * sumA;
      squareB += sumB * sumB;
    }
    // Rounding may leave an answer's cosine to itself above 1 or a little below.
    double cosine = product / (Math.sqrt(squareA) * Math.sqrt(squareB));
    return cosine > 1 - 1e-12 ? 1 : cosine;
  }
}
