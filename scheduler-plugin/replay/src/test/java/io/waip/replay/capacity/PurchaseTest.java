package io.waip.replay.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PurchaseTest {
  private static final Offer L4 = new Offer("l4", false);
  private static final Offer H100 = new Offer("h100", true);

  private static Purchase mix(int l4, int h100) {
    return new Purchase(List.of(new Purchase.Lot(L4, l4), new Purchase.Lot(H100, h100)));
  }

  @Test
  void oneMoreAndOneFewerChangeTheFirstLot() {
    assertThat(mix(2, 3).oneMore().text()).isEqualTo("3 l4 + 3 h100 spot");
    assertThat(mix(2, 3).oneFewer()).contains(mix(1, 3));
  }

  @Test
  void aLotOfOneVanishes() {
    assertThat(mix(1, 3).oneFewer()).contains(H100.of(3));
    assertThat(L4.of(1).oneFewer()).isEmpty();
  }

  @Test
  void refusesNoLotTwoLotsOfAnOfferAndNoDevice() {
    Purchase.Lot one = new Purchase.Lot(L4, 1);
    assertThatThrownBy(() -> new Purchase(List.of())).hasMessageContaining("at least one lot");
    assertThatThrownBy(() -> new Purchase(List.of(one, new Purchase.Lot(L4, 2))))
        .hasMessageContaining("one lot of an offer");
    assertThatThrownBy(() -> L4.of(0)).hasMessageContaining("at least 1 device");
  }
}
