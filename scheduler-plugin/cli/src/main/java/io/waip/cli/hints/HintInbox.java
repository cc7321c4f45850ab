package io.waip.cli.hints;

import io.waip.api.drift.Hint;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Folds repetitions and bounds the rate. An alert is passed on once while it fires from the same
 * start; one that was held back by the rate is new when it comes again. One thread at a time.
 */
final class HintInbox {
  private static final long NANOS_PER_MINUTE = 60_000_000_000L;

  /** Firing alerts remembered; beyond it the one heard of longest ago is forgotten. */
  static final int MOST_FIRING = 10_000;

  private final int perMinute;
  private final LongSupplier nanos;
  private final Consumer<Hint> listener;
  private final ArrayDeque<Long> passed = new ArrayDeque<>();
  private final Map<String, Instant> firing = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Creates an empty one.
   *
   * @param perMinute hints passed on in any minute at most, {@code >= 1}
   * @param nanos clock
   * @param listener gets each hint on the caller's thread
   */
  HintInbox(int perMinute, LongSupplier nanos, Consumer<Hint> listener) {
    this.perMinute = perMinute;
    this.nanos = nanos;
    this.listener = listener;
  }

  /** Passes on what is new; returns what became of the notices. */
  HintCounts accept(List<Notice> notices) {
    HintCounts counts = HintCounts.NONE;
    for (Notice notice : notices) {
      counts = counts.plus(accept(notice));
    }
    return counts;
  }

  private HintCounts accept(Notice notice) {
    if (notice.isResolved()) {
      firing.remove(notice.fingerprint());
      return HintCounts.RESOLVED;
    }
    boolean isKnown = !notice.fingerprint().isEmpty();
    if (isKnown && notice.hint().since().equals(firing.get(notice.fingerprint()))) {
      return HintCounts.FOLDED;
    }
    if (!hasRoom()) {
      return HintCounts.SUPPRESSED;
    }
    listener.accept(notice.hint());
    if (isKnown) {
      firing.put(notice.fingerprint(), notice.hint().since());
      if (firing.size() > MOST_FIRING) {
        firing.remove(firing.keySet().iterator().next());
      }
    }
    return HintCounts.PASSED;
  }

  private boolean hasRoom() {
    long now = nanos.getAsLong();
    while (!passed.isEmpty() && now - passed.getFirst() >= NANOS_PER_MINUTE) {
      passed.removeFirst();
    }
    if (passed.size() >= perMinute) {
      return false;
    }
    passed.addLast(now);
    return true;
  }
}
