package io.waip.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TierTest {
  @Test
  void findsEachTierByItsOrdinal() {
    for (Tier tier : Tier.values()) {
      assertThat(Tier.of(tier.ordinal())).isEqualTo(tier);
    }
    assertThat(Tier.COUNT).isEqualTo(Tier.values().length);
  }

  @Test
  void refusesAnOrdinalThatIsNone() {
    assertThatThrownBy(() -> Tier.of(-1)).isInstanceOf(ArrayIndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Tier.of(Tier.COUNT))
        .isInstanceOf(ArrayIndexOutOfBoundsException.class);
  }

  @Test
  void standsMostUrgentFirst() {
    assertThat(Tier.values()).containsExactly(Tier.INTERACTIVE, Tier.NEARLINE, Tier.OFFLINE);
  }
}
