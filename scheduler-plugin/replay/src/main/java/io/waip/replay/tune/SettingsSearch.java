package io.waip.replay.tune;

import io.waip.api.Outcome;
import io.waip.replay.drive.RequestSource;
import io.waip.replay.drive.RunLog;
import io.waip.replay.dynamic.DynamicBatcherSettings;
import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Successive halving over settings in virtual time: the first round plays the first quarter of the
 * requests, each further one twice as many; the last few and the stock settings meet over all of
 * them. Deterministic.
 */
public final class SettingsSearch {
  private static final int FIRST_SHARE = 4;
  private static final int FINALISTS = 16;

  /** Plays requests under settings; called from several threads. */
  @FunctionalInterface
  public interface Player {
    /** Returns how the requests ended. */
    RunLog play(RequestSource requests, DynamicBatcherSettings settings);
  }

  private final Workload workload;
  private final Player player;
  private final BooleanSupplier isCancelled;

  /**
   * Prepares a search.
   *
   * @param workload what settings are judged by
   * @param isCancelled asked before each play; once true the search ends soon, with the best so far
   */
  public SettingsSearch(Workload workload, Player player, BooleanSupplier isCancelled) {
    this.workload = workload;
    this.player = player;
    this.isCancelled = isCancelled;
  }

  /**
   * Searches a grid.
   *
   * @param stock settings that are compared over all requests whatever the rounds before say
   * @param grid at least one entry
   */
  public TunedSettings best(DynamicBatcherSettings stock, List<DynamicBatcherSettings> grid) {
    List<DynamicBatcherSettings> field = grid;
    int share = FIRST_SHARE;
    while (field.size() > FINALISTS && !isCancelled.getAsBoolean()) {
      int requests = Math.max(1, workload.size() / share);
      field = HalvingRound.of(field, s -> good(s, requests), FINALISTS).kept();
      share = Math.max(1, share / 2);
    }
    List<DynamicBatcherSettings> finalists = new ArrayList<>(field);
    finalists.add(stock);
    var last = HalvingRound.of(finalists, settings -> good(settings, workload.size()), 1);
    return new TunedSettings(
        last.kept().getFirst(), grid.size() + 1, last.bestScore() / workload.size());
  }

  private double good(DynamicBatcherSettings settings, int requests) {
    if (isCancelled.getAsBoolean()) {
      return 0;
    }
    RunLog log = player.play(new RequestPrefix(workload, requests), settings);
    int good = 0;
    for (int i = 0; i < requests; i++) {
      boolean inTime = log.endNanos(i) <= workload.goodputDeadlineNanos(i);
      good += log.outcome(i) == Outcome.COMPLETED && inTime ? 1 : 0;
    }
    return good;
  }
}
