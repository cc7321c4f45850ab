package io.waip.onnxruntime.agreement;

import io.waip.api.agreement.AgreementMeasure;
import io.waip.api.agreement.AnswerRow;

/**
 * Classifications agree if the same class scores highest at every position; of classes with equal
 * scores the first counts.
 */
public record ArgmaxAgreement() implements AgreementMeasure {
  private static final int BROKEN = -1;

  @Override
  public boolean agrees(AnswerRow answer, AnswerRow reference) {
    if (!answer.isShapedLike(reference)) {
      return false;
    }
    for (int position = 0; position < answer.positions(); position++) {
      int best = argmax(answer, position);
      if (best == BROKEN || best != argmax(reference, position)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the class that scores highest, {@link #BROKEN} if a score is not finite. */
  private static int argmax(AnswerRow row, int position) {
    int from = position * row.width();
    int best = 0;
    for (int i = 0; i < row.width(); i++) {
      if (!Float.isFinite(row.value(from + i))) {
        return BROKEN;
      }
      if (row.value(from + i) > row.value(from + best)) {
        best = i;
      }
    }
    return best;
  }
}
