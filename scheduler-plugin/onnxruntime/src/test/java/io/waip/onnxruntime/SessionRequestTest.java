package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionRequestTest {
  @Test
  void refusesAnUnreadableDeadline() {
    assertThatThrownBy(() -> SessionRequest.builder().deadline("soon"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "deadline: 'soon' is not a duration; write a number with a unit, such as 50ms, 2s or"
                + " 1m");
  }

  @Test
  void refusesADeadlineWithoutUnit() {
    assertThatThrownBy(() -> SessionRequest.builder().deadline("50"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'50' is not a duration");
  }

  @Test
  void refusesADeadlineThatIsNotLater() {
    assertThatThrownBy(() -> SessionRequest.builder().deadline(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("deadline must lie after the arrival, is PT0S after it");
  }

  @Test
  void refusesAnInputGivenTwice() {
    SessionRequest.Builder builder = SessionRequest.builder().input("ids", InputRow.of(1L));

    assertThatThrownBy(() -> builder.input("ids", InputRow.of(2L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input 'ids' is given twice");
  }

  @Test
  void refusesAQualityFloorOutOfRange() {
    assertThatThrownBy(() -> SessionRequest.builder().qualityFloor(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("quality_floor must be in [0, 1], is NaN");
  }

  @Test
  void refusesAShapeThatDoesNotFitTheValues() {
    assertThatThrownBy(() -> InputRow.of(1L, 2L, 3L).shaped(2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape [2, 2] needs 4 values, there are 3");
    assertThatThrownBy(() -> InputRow.of(1L).shaped(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a dimension must be >= 0, shape is [-1]");
  }
}
