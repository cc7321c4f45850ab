package io.waip.onnxruntime.agreement;

import io.waip.api.agreement.AgreementMeasure;
import io.waip.api.agreement.AnswerRow;

/**
 * Answers agree if no value differs by more than a bound.
 *
 * @param most difference, {@code >= 0}, in the unit of the output
 */
public record AbsoluteAgreement(double most) implements AgreementMeasure {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if it is negative or no number
   */
  public AbsoluteAgreement {
    if (!(most >= 0)) {
      throw new IllegalArgumentException("a difference must be >= 0, is " + most);
    }
  }

  @Override
  public boolean agrees(AnswerRow answer, AnswerRow reference) {
    if (!answer.isShapedLike(reference)) {
      return false;
    }
    for (int i = 0; i < answer.size(); i++) {
      double difference = (double) answer.value(i) - reference.value(i);
      // Written so that NaN, which infinities give too, is a difference.
      if (!(Math.abs(difference) <= most) || Double.isInfinite(difference)) {
        return false;
      }
    }
    return true;
  }
}
