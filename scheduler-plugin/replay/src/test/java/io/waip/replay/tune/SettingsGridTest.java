package io.waip.replay.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Tier;
import io.waip.replay.dynamic.DynamicBatcherSettings;
import io.waip.replay.dynamic.QueuePolicy;
import io.waip.replay.dynamic.ShapeRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsGridTest {
  private static final long SLO = 100_000_000;

  private final List<DynamicBatcherSettings> grid = SettingsGrid.of(1, 64, SLO);

  @Test
  void holdsEveryCombinationOnce() {
    // 7 batches and 5 with a preferred half, 5 delays, 3 shapes, 3 queue sizes, 4 timeouts or one
    // queue.
    assertThat(grid).hasSize(12 * 5 * 3 * 3 * (4 + 1)).doesNotHaveDuplicates();
  }

  @Test
  void coversTheSettingsAWellTunedServerWouldUse() {
    assertThat(grid).extracting(DynamicBatcherSettings::maxBatch).contains(1, 2, 4, 8, 16, 32, 64);
    assertThat(grid)
        .extracting(DynamicBatcherSettings::maxQueueDelayNanos)
        .contains(0L, 1_000_000L, 2_000_000L, 5_000_000L, 10_000_000L);
    assertThat(grid).extracting(DynamicBatcherSettings::shapes).contains(ShapeRule.values());
    assertThat(grid)
        .extracting(s -> s.policyOf(Tier.INTERACTIVE).timeoutNanos())
        .contains(0L, SLO / 2, SLO * 8 / 10, SLO);
  }

  @Test
  void holdsStockTritonsOneQueueWithoutLimits() {
    assertThat(grid)
        .filteredOn(s -> !s.hasPriorityLevels())
        .extracting(s -> s.policyOf(Tier.OFFLINE))
        .contains(QueuePolicy.UNLIMITED, new QueuePolicy(0, 512));
  }

  @Test
  void givesOfflineRequestsNoTimeout() {
    assertThat(grid).allMatch(s -> s.policyOf(Tier.OFFLINE).timeoutNanos() == 0);
  }

  @Test
  void leavesOutBatchesTheVariantDoesNotRun() {
    assertThat(SettingsGrid.of(0, 8, SLO)).allMatch(settings -> settings.maxBatch() <= 8);
  }

  @Test
  void isForOneVariant() {
    assertThat(grid).allMatch(settings -> settings.variant() == 1);
  }
}
