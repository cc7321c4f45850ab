package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputRowTest {
  private final OutputRow row =
      new OutputRow(
          Map.of(
              "hidden", new OutputRow.Values(new float[] {1, 2, 3, 4, 5, 6}, 3, 2),
              "score", new OutputRow.Values(new float[] {7}, 1)));

  @Test
  void meanRunsOverTheLength() {
    // (1 + 3 + 5) / 3 and (2 + 4 + 6) / 3.
    assertThat(row.meanOverLength("hidden")).containsExactly(3, 4);
  }

  @Test
  void knowsValuesAndShape() {
    assertThat(row.values("score")).containsExactly(7);
    assertThat(row.shape("hidden")).containsExactly(3, 2);
  }

  @Test
  void refusesAMeanOfWhatIsNoMatrix() {
    assertThatThrownBy(() -> row.meanOverLength("score"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("output 'score' has shape [1]; a mean over the length needs [length, hidden]");
  }

  @Test
  void namesTheOutputsWhenAskedForAnother() {
    assertThatThrownBy(() -> row.values("logits"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no output 'logits'; there are ");
  }
}
