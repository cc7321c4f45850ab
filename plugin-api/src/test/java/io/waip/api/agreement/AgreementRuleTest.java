package io.waip.api.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class AgreementRuleTest {
  private static AgreementRule rule(String output, double sample, double risk) {
    return new AgreementRule(output, (answer, reference) -> true, sample, risk, 1);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatThrownBy(() -> rule(" ", 0.01, 0.01)).hasMessageContaining("agreement.output");
    assertThatThrownBy(() -> rule("y", 0, 0.01)).hasMessageContaining("(0, 1], is 0.0");
    assertThatThrownBy(() -> rule("y", 1.01, 0.01)).hasMessageContaining("1.01");
    assertThatThrownBy(() -> rule("y", Double.NaN, 0.01)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> rule("y", 1, 1)).hasMessageContaining("agreement.risk");
    assertThat(rule("y", 1, 0.5).sample()).isEqualTo(1);
  }

  @Test
  void aRowIsDividedIntoItsPositions() {
    AnswerRow row = new AnswerRow(FloatBuffer.wrap(new float[] {1, 2, 3, 4, 5, 6}), 2);
    assertThat(row.width()).isEqualTo(3);
    assertThat(row.value(4)).isEqualTo(5);
    assertThat(row.isShapedLike(new AnswerRow(FloatBuffer.allocate(6), 3))).isFalse();
    assertThatThrownBy(() -> new AnswerRow(FloatBuffer.allocate(6), 4))
        .hasMessageContaining("6 values");
    assertThatThrownBy(() -> new AnswerRow(FloatBuffer.allocate(0), 1))
        .hasMessageContaining("0 values");
  }
}
