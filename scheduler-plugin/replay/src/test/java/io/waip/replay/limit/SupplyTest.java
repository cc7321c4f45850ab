package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SupplyTest {
  private static final Supply THREE =
      Supply.of(3, List.of(new Outage(10, 20, 1), new Outage(15, 30, 2)));

  @Test
  void countsWorkersThatAreUp() {
    assertThat(THREE.between(0, 10)).isEqualTo(30);
    assertThat(THREE.between(10, 15)).isEqualTo(10);
    assertThat(THREE.between(15, 20)).isZero();
    assertThat(THREE.between(20, 30)).isEqualTo(10);
    assertThat(THREE.between(30, 40)).isEqualTo(30);
    assertThat(THREE.between(12, 25)).isEqualTo(3 * 2 + 0 + 5);
    assertThat(THREE.edges()).containsExactly(10, 15, 20, 30);
  }

  @Test
  void addsSuppliesOfUnlikeSpeed() {
    Supply both = THREE.plus(Supply.of(1, List.of(new Outage(12, 40, 1))), 4);
    assertThat(both.workers()).isEqualTo(7);
    assertThat(both.between(0, 12)).isEqualTo(30 + 4 + 48);
    assertThat(both.between(12, 40)).isEqualTo(THREE.between(12, 40));
    assertThat(both.between(40, 50)).isEqualTo(70);
  }

  @Test
  void runsEvenlyWhereNothingIsDown() {
    assertThat(Supply.of(2.5).between(-4, 4)).isEqualTo(20);
  }
}
