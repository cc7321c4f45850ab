package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Counters;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.Remedy;
import io.waip.replay.diagnose.Tallied;
import io.waip.replay.diagnose.Tally;
import java.util.List;
import java.util.Optional;

/** The response cache is looked up and filled for requests that hardly ever come again. */
final class UselessCacheRule implements ModelRule {
  /** With one hit in ten, a hit has to spare ten misses' work to be worth it. */
  private static final double MOST_HITS = 0.1;

  @Override
  public Cause cause() {
    return Cause.USELESS_CACHE;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    Counters counters = model.figures().counters();
    Tally hits = counters.tally(Tallied.CACHE_HIT);
    Tally misses = counters.tally(Tallied.CACHE_MISS);
    double hitShare = (double) hits.count() / Math.max(1, hits.count() + misses.count());
    double missed = model.load().perRequest(Tallied.CACHE_MISS);
    boolean isIt =
        misses.count() > 0
            && hitShare < MOST_HITS
            && model.load().share(missed) >= ModelCase.LEAST_SHARE;
    if (!isIt) {
      return Optional.empty();
    }
    return Optional.of(
        model.finding(
            cause(),
            Confidence.HIGH,
            missed,
            List.of(
                model.counted(
                    "%d hits, %d misses; misses take a request %.3g of %.3g ms",
                    hits.count(), misses.count(), missed, model.load().totalMillis())),
            Remedy.of(
                "switch the response cache of the model off",
                Change.ofModel(model.name(), "response_cache.enable", "false"))));
  }
}
