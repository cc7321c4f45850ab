package io.waip.onnxruntime.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.agreement.AgreementMeasure;
import io.waip.api.agreement.AnswerRow;
import io.waip.api.contract.AgreementMeasureContract;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AgreementMeasuresTest {
  private static AnswerRow row(int positions, float... values) {
    return new AnswerRow(FloatBuffer.wrap(values), positions);
  }

  @Nested
  class Cosine extends AgreementMeasureContract {
    @Override
    protected AgreementMeasure measure() {
      return new CosineAgreement(1);
    }

    /** Means (2, 0) and (4, 3): the cosine is 8 / (2 x 5). */
    @Test
    void isThatOfTheMeansOverThePositions() {
      AnswerRow a = row(2, 1, 5, 3, -5);
      AnswerRow b = row(2, 4, 6, 4, 0);
      assertThat(CosineAgreement.cosine(a, b)).isCloseTo(0.8, within(1e-12));
      assertThat(new CosineAgreement(0.79).agrees(a, b)).isTrue();
      assertThat(new CosineAgreement(0.81).agrees(a, b)).isFalse();
    }

    /** Without positions the same values are one vector: (1 x 4 + 30 + 12 + 0) / (60 x 68)^0.5. */
    @Test
    void isThatOfTheOutputItselfWhereItHasNoLength() {
      assertThat(CosineAgreement.cosine(row(1, 1, 5, 3, -5), row(1, 4, 6, 4, 0)))
          .isCloseTo(46 / Math.sqrt(60 * 68), within(1e-12));
    }

    @Test
    void zeroAgreesWithNothing() {
      assertThat(new CosineAgreement(-1).agrees(row(1, 0, 0), row(1, 1, 0))).isFalse();
    }
  }

  @Nested
  class Argmax extends AgreementMeasureContract {
    @Override
    protected AgreementMeasure measure() {
      return new ArgmaxAgreement();
    }

    @Test
    void looksAtTheClassThatScoresHighestAlone() {
      assertThat(measure().agrees(row(1, 0.2f, 0.5f, 0.3f), row(1, 0, 9, 8))).isTrue();
      assertThat(measure().agrees(row(1, 0.2f, 0.5f, 0.3f), row(1, 0, 8, 9))).isFalse();
    }

    @Test
    void looksAtEveryPosition() {
      assertThat(measure().agrees(row(2, 1, 2, 4, 3), row(2, 5, 6, 8, 7))).isTrue();
      assertThat(measure().agrees(row(2, 1, 2, 4, 3), row(2, 5, 6, 7, 8))).isFalse();
    }
  }

  @Nested
  class Absolute extends AgreementMeasureContract {
    @Override
    protected AgreementMeasure measure() {
      return new AbsoluteAgreement(0);
    }

    @Test
    void boundsTheLargestDifference() {
      assertThat(new AbsoluteAgreement(0.5).agrees(row(1, 1, 2), row(1, 1.5f, 2))).isTrue();
      assertThat(new AbsoluteAgreement(0.5).agrees(row(1, 1, 2), row(1, 1, 2.625f))).isFalse();
    }
  }

  /** A planted fault: NaN compares to nothing, so a search for what differs too much misses it. */
  @Test
  @SuppressWarnings("JUnitMethodInvoked") // a clause is run on what breaks it
  void theContractCatchesAMeasureThatOverlooksNan() {
    AgreementMeasure overlooks =
        (answer, reference) -> {
          for (int i = 0; i < answer.size(); i++) {
            if (Math.abs(answer.value(i) - reference.value(i)) > 0.5) {
              return false;
            }
          }
          return answer.isShapedLike(reference);
        };
    AgreementMeasureContract contract =
        new AgreementMeasureContract() {
          @Override
          protected AgreementMeasure measure() {
            return overlooks;
          }
        };
    contract.anAnswerAgreesWithItself();
    assertThatThrownBy(contract::whatIsNotFiniteAgreesWithNothing)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatThrownBy(() -> new CosineAgreement(1.1)).hasMessageContaining("1.1");
    assertThatThrownBy(() -> new AbsoluteAgreement(-1)).hasMessageContaining("-1.0");
  }
}
