package io.waip.scheduler.batch;

import io.waip.scheduler.plan.VariantTable;
import io.waip.scheduler.state.Window;

/**
 * Chooses the batch whose value exceeds the price of its device time by most. The door of the batch
 * step.
 *
 * <p>Requests are looked at longest first, so that a run of neighbours pads little; among equal
 * lengths they stand by deadline, and starting a run later gives up the heads before it for a
 * longer batch ("grow": Nexus early drop, Shen et al., SOSP 2019, with the window left adaptive).
 * Once not all queued deadlines can be met, runs without the most urgent requests are tried as
 * well, and batches without offline work are bound by deadlines alone.
 *
 * <p>O(window log window) per variant, times at most {@value #MAX_SKIPS} under overload with mixed
 * lengths. Allocates nothing. Single writer.
 */
public final class BatchFormer {
  private static final int MAX_SKIPS = 64;

  private final RankedRuns ranked;
  private final RunSearch search;
  private final int[] positions;
  private final int[] later;

  private long tried;

  /**
   * Allocates a former that keeps nothing but its answers.
   *
   * @param windowCapacity as given to the window
   */
  public BatchFormer(int windowCapacity) {
    this(windowCapacity, new RankedRuns(false));
  }

  /**
   * Allocates a former.
   *
   * @param windowCapacity as given to the window
   * @param ranked keeps the best batches of the last question
   */
  public BatchFormer(int windowCapacity, RankedRuns ranked) {
    this.ranked = ranked;
    search = new RunSearch(2 * windowCapacity, ranked);
    positions = new int[2 * windowCapacity];
    later = new int[2 * windowCapacity];
  }

  /** Writes the best batch to {@code best}, or leaves it empty where nothing can be served. */
  public void form(Situation situation, Candidate best) {
    best.clear();
    ranked.clear();
    tried = 0;
    boolean feasible = tryVariants(situation, situation.preferredVariants(), best);
    long others = situation.allowedVariants() & ~situation.preferredVariants();
    if (others != 0 && (best.isEmpty() || !feasible)) {
      tryVariants(situation, others, best);
    }
  }

  /** Returns the variants that batches were sought for in the last answer, one bit each. */
  public long triedVariants() {
    return tried;
  }

  private boolean tryVariants(Situation situation, long variants, Candidate best) {
    tried |= variants;
    boolean feasible = true;
    for (long rest = variants; rest != 0; rest &= rest - 1) {
      feasible &= tryVariant(situation, Long.numberOfTrailingZeros(rest), best);
    }
    return feasible;
  }

  private boolean tryVariant(Situation situation, int variant, Candidate best) {
    Window window = situation.window();
    int deadlines = situation.offlineOnly() ? 0 : window.deadlineCount();
    boolean feasible = search.begin(situation, variant, deadlines);
    if (!feasible) {
      situation.urgent(Long.MAX_VALUE);
    }
    double quality = situation.plan().variant(variant).quality();
    if (deadlines > 0) {
      int count = window.longestFirst(0, deadlines, Long.MIN_VALUE, quality, positions);
      search.run(positions, count, situation.urgentEndNanos(), best);
      boolean mixed =
          count > 0 && window.length(positions[0]) != window.length(positions[count - 1]);
      if (!feasible && mixed) {
        trySkips(window, count, best);
      }
    }
    if (window.size() > window.deadlineCount()) {
      int from = situation.offlineOnly() ? window.deadlineCount() : 0;
      int count = window.longestFirst(from, window.size(), Long.MIN_VALUE, quality, positions);
      search.run(positions, count, situation.offlineEndNanos(), best);
    }
    return feasible;
  }

  private void trySkips(Window window, int count, Candidate best) {
    for (int skip = 1;
        skip < Math.min(window.deadlineCount(), MAX_SKIPS);
        skip += Math.max(1, skip / 2)) {
      search.run(later, laterThan(window, skip, count), Long.MAX_VALUE, best);
    }
  }

  /** Copies the positions from one on, in their order, that are not due before it. */
  private int laterThan(Window window, int skip, int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int position = positions[i];
      if (position >= skip && window.deadline(position) >= window.deadline(skip)) {
        later[kept++] = position;
      }
    }
    return kept;
  }

  /**
   * Returns how long a batch that holds all that is queued may wait for one more request: the time
   * at which the batch with one more would just meet the earliest deadline. After the "frontrun" of
   * Symphony (Chen et al., arXiv 2308.07470).
   *
   * @return nanoseconds of the driver's clock; in the past where it must not wait
   */
  public long deferUntilNanos(Situation situation, Candidate candidate) {
    VariantTable table = situation.plan().variant(candidate.variant());
    if (candidate.size() == table.maxBatch() || candidate.earliestDeadline() == Long.MAX_VALUE) {
      return Long.MIN_VALUE;
    }
    double next =
        table.nanos(candidate.size() + 1, table.cell(candidate.paddedLength()))
            * situation.correction(candidate.variant());
    return candidate.earliestDeadline() - Math.round(next);
  }
}
