package io.waip.cost.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.measurement.Phase;
import io.waip.cost.fit.LawTerm.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class LawFormTest {
  @Test
  void aRooflineIsFlatBelowItsRidgeAndStepsWithItsTiles() {
    LawTerm term = LawTerm.roofline(64, 48);

    // 1 to 64 tokens are one tile: sqrt(48^2 + 64^2) = 80.
    assertThat(term.at(Phase.PREFILL, 1, 1)).isEqualTo(80);
    assertThat(term.at(Phase.PREFILL, 4, 16)).isEqualTo(80);
    assertThat(term.at(Phase.PREFILL, 5, 13)).isEqualTo(Math.sqrt(48 * 48 + 128 * 128));
  }

  @Test
  void aDecodeComputesOneTokenOfEachRequest() {
    LawTerm term = LawTerm.roofline(1, 0);

    assertThat(term.at(Phase.DECODE, 8, 1000)).isEqualTo(8);
    assertThat(term.at(Phase.WHOLE, 8, 1000)).isEqualTo(8000);
    assertThat(LawTerm.of(Kind.ELEMENTS).at(Phase.DECODE, 8, 1000)).isEqualTo(8000);
  }

  @Test
  void thePlainFormIsThatOfAlphaBetaGammaAndDelta() {
    LawForm plain = LawForm.of(Phase.PREFILL).getFirst();

    assertThat(plain.name()).isEqualTo("plain");
    assertThat(plain.isSpectrum()).isFalse();
    assertThat(plain.factors(2, 10)).containsExactly(1, 2, 20, 200);
  }

  @Test
  void everyFormOfAPhaseHasItsOwnName() {
    for (Phase phase : Phase.values()) {
      List<String> names = LawForm.of(phase).stream().map(LawForm::name).toList();
      assertThat(names).doesNotHaveDuplicates().contains("plain", "rooflines 1 64 128");
    }
  }

  @Test
  void refusesATermWithPartsOfAnotherKind() {
    assertThatThrownBy(() -> new LawTerm(Kind.CONSTANT, 64, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LawTerm(Kind.ROOFLINE, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
