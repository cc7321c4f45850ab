package io.waip.replay.tune;

import io.waip.api.Tier;
import io.waip.replay.dynamic.DynamicBatcherSettings;
import io.waip.replay.dynamic.QueuePolicy;
import io.waip.replay.dynamic.ShapeRule;
import java.util.ArrayList;
import java.util.List;

/** Every setting of the dynamic batcher that tuning looks at. */
public final class SettingsGrid {
  private static final int[] MAX_BATCHES = {1, 2, 4, 8, 16, 32, 64};
  private static final int[] DELAYS_MS = {0, 1, 2, 5, 10};
  private static final double[] TIMEOUTS_OF_SLO = {0, 0.5, 0.8, 1};
  private static final int[] MAX_QUEUE_SIZES = {0, 64, 512};

  /** Batches below this have no preferred size of half of it. */
  private static final int LEAST_WITH_PREFERRED = 4;

  private static final long MS = 1_000_000;

  private SettingsGrid() {}

  /**
   * Returns the grid for one variant: largest batch, delay, preferred size (the largest batch, or
   * half of it as well), shapes, queue timeout of interactive requests (none, or a share of the
   * SLO), and queue size of every level; or one queue for all requests, without a timeout.
   *
   * @param maxBatch batches above this are left out
   */
  public static List<DynamicBatcherSettings> of(int variant, int maxBatch, long sloNanos) {
    List<DynamicBatcherSettings> grid = new ArrayList<>();
    for (int batch : MAX_BATCHES) {
      if (batch > maxBatch) {
        continue;
      }
      for (int delay : DELAYS_MS) {
        for (ShapeRule shapes : ShapeRule.values()) {
          var settings = DynamicBatcherSettings.of(variant, batch, delay * MS, shapes);
          addQueues(grid, settings, sloNanos);
          if (batch >= LEAST_WITH_PREFERRED) {
            addQueues(grid, settings.withPreferred(List.of(batch / 2, batch)), sloNanos);
          }
        }
      }
    }
    return grid;
  }

  private static void addQueues(
      List<DynamicBatcherSettings> grid, DynamicBatcherSettings settings, long sloNanos) {
    for (int size : MAX_QUEUE_SIZES) {
      for (double share : TIMEOUTS_OF_SLO) {
        QueuePolicy interactive = new QueuePolicy(Math.round(share * sloNanos), size);
        grid.add(
            settings
                .withLevel(Tier.INTERACTIVE, interactive)
                .withLevel(Tier.OFFLINE, new QueuePolicy(0, size)));
      }
      grid.add(settings.withOneQueue(new QueuePolicy(0, size)));
    }
  }
}
