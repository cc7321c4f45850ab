package io.waip.replay.judge;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a plan made of one service's requests.
 *
 * @param service its name
 * @param offeredPerSecond requests per second of the window
 * @param goodPerSecond answered within their deadline, or within the window where they have none
 * @param attainment good over offered, {@code [0, 1]}; 1 where nothing was offered
 * @param answers how and how fast it was answered
 */
public record JudgedService(
    String service,
    double offeredPerSecond,
    double goodPerSecond,
    double attainment,
    Answers answers) {
  /**
   * The requests that were answered, in time or late.
   *
   * @param p50Millis median time from arrival to answer; NaN where nothing was answered
   * @param p99Millis 99th percentile of the same
   * @param shareByVariant of the answers, sums to 1
   * @param meanQuality lower-bound quality of the variants that answered; NaN where one is unknown
   *     or nothing was answered
   */
  public record Answers(
      double p50Millis,
      double p99Millis,
      SortedMap<String, Double> shareByVariant,
      double meanQuality) {
    /** Copies the map. */
    public Answers {
      shareByVariant =
          Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Double>) shareByVariant));
    }
  }
}
