package io.waip.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.agreement.AgreementMeasure;
import io.waip.api.agreement.AnswerRow;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

/** What every {@link AgreementMeasure} keeps. */
public abstract class AgreementMeasureContract {
  /** Returns the measure under test. */
  protected abstract AgreementMeasure measure();

  private static AnswerRow row(int positions, float... values) {
    return new AnswerRow(FloatBuffer.wrap(values), positions);
  }

  @Test
  public void anAnswerAgreesWithItself() {
    assertThat(measure().agrees(row(2, 1, 2, 3, 5), row(2, 1, 2, 3, 5))).isTrue();
    assertThat(measure().agrees(row(1, 0.1f, 0.7f, 0.2f), row(1, 0.1f, 0.7f, 0.2f))).isTrue();
  }

  @Test
  public void answersOfAnotherShapeDoNotAgree() {
    assertThat(measure().agrees(row(2, 1, 2, 3, 5), row(1, 1, 2, 3, 5))).isFalse();
    assertThat(measure().agrees(row(2, 1, 2, 3, 5), row(3, 1, 2, 3, 5, 1, 2))).isFalse();
  }

  @Test
  public void whatIsNotFiniteAgreesWithNothing() {
    for (float broken : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      assertThat(measure().agrees(row(1, 1, broken), row(1, 1, broken))).isFalse();
      assertThat(measure().agrees(row(1, 1, broken), row(1, 1, 2))).isFalse();
      assertThat(measure().agrees(row(1, 1, 2), row(1, 1, broken))).isFalse();
    }
  }

  @Test
  public void theBuffersStayAsTheyAre() {
    FloatBuffer answer = FloatBuffer.wrap(new float[] {1, 2, 3, 5}).position(3);
    AnswerRow row = new AnswerRow(answer, 2);
    assertThat(measure().agrees(row, row)).isTrue();
    assertThat(answer.position()).isEqualTo(3);
    assertThat(answer.array()).containsExactly(1, 2, 3, 5);
  }
}
