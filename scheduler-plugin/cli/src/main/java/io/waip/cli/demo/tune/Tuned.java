package io.waip.cli.demo.tune;

import io.waip.replay.dynamic.DynamicBatcherSettings;
import java.util.List;

/**
 * The outcome of a search.
 *
 * @param best the settings that won the last round
 * @param configurations settings tried
 * @param rounds in order
 * @param seconds the search took
 */
public record Tuned(
    DynamicBatcherSettings best, int configurations, List<Round> rounds, double seconds) {
  /**
   * One round of halving.
   *
   * @param kind {@code virtual} or {@code real}
   * @param configurations settings compared
   * @param windowSeconds length of the load each was given
   * @param bestGoodputRps of the round's winner
   */
  public record Round(
      String kind, int configurations, double windowSeconds, double bestGoodputRps) {}
}
