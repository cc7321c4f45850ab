package io.waip.cli.bench.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CampaignTest {
  @Test
  void everyFaultIsDoneEquallyOftenGiveOrTakeOne() {
    List<Fault> order = Campaign.order(200, new Random(1));

    assertThat(order).hasSize(200);
    for (Fault fault : Fault.values()) {
      assertThat(Collections.frequency(order, fault)).isBetween(33, 34);
    }
  }

  @Test
  void theOrderDependsOnTheSeedAlone() {
    assertThat(Campaign.order(30, new Random(1)))
        .isEqualTo(Campaign.order(30, new Random(1)))
        .isNotEqualTo(Campaign.order(30, new Random(2)));
  }

  @Test
  void theFaultsAreThoseTheProductPromisesToSurvive() {
    assertThat(List.of(Fault.values()))
        .extracting(Fault::key)
        .containsExactly(
            "planner_killed",
            "planner_stopped",
            "planner_out_of_memory",
            "ring_wrong_abi",
            "planner_binary_removed",
            "bypass_flipped");
  }
}
