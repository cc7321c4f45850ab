package io.waip.scheduler.batch;

import io.waip.api.record.Constraint;
import io.waip.scheduler.plan.VariantTable;
import io.waip.scheduler.state.Window;

/**
 * Says, of each request that was looked at, what adding it to the best batch would have broken: the
 * rules of {@link RunSearch}, asked once more for the record of the decision.
 *
 * <p>O(1) for each request. Single writer; allocates nothing after construction.
 */
public final class MemberConstraints {
  private final boolean[] isChosen;
  private Situation situation;
  private Candidate best;
  private long filled;
  private boolean hasOffline;

  /**
   * Allocates for windows.
   *
   * @param windowCapacity as given to the window
   */
  @SuppressWarnings("NullAway.Init") // begin() is called before any other method
  public MemberConstraints(int windowCapacity) {
    isChosen = new boolean[2 * windowCapacity];
  }

  /**
   * Starts on a question and its answer.
   *
   * @param answer the best batch; may be empty
   */
  public void begin(Situation question, Candidate answer) {
    situation = question;
    best = answer;
    filled = 0;
    hasOffline = false;
    Window window = situation.window();
    for (int i = 0; i < window.size(); i++) {
      isChosen[i] = false;
    }
    for (int i = 0; i < best.size(); i++) {
      int position = best.position(i);
      isChosen[position] = true;
      filled += window.length(position);
      hasOffline |= position >= window.deadlineCount();
    }
  }

  /** Returns what keeps the request at a window position out, or {@link Constraint#NONE}. */
  public Constraint of(int position) {
    if (isChosen[position]) {
      return Constraint.NONE;
    }
    Window window = situation.window();
    if (situation.offlineOnly() && position < window.deadlineCount()) {
      return Constraint.OFFLINE_TURN;
    }
    return best.isEmpty() ? alone(position) : together(position);
  }

  private Constraint alone(int position) {
    Constraint last = Constraint.SCORE;
    for (long rest = situation.allowedVariants(); rest != 0; rest &= rest - 1) {
      int variant = Long.numberOfTrailingZeros(rest);
      Constraint fit = fits(variant, position);
      if (fit == Constraint.NONE) {
        fit = endsInTime(variant, position, 1, situation.window().length(position));
      }
      if (fit == Constraint.NONE) {
        return Constraint.SCORE;
      }
      last = fit;
    }
    return last;
  }

  private Constraint fits(int variant, int position) {
    VariantTable table = situation.plan().variant(variant);
    Window window = situation.window();
    if (window.qualityFloor(position) > table.quality()) {
      return Constraint.QUALITY_FLOOR;
    }
    return window.length(position) > table.maxLength() ? Constraint.LENGTH : Constraint.NONE;
  }

  private Constraint endsInTime(int variant, int position, int size, int length) {
    VariantTable table = situation.plan().variant(variant);
    double nanos = table.nanos(size, table.cell(length)) * situation.correction(variant);
    long end = situation.nowNanos() + Math.round(nanos);
    if (end > situation.window().deadline(position)
        || (size > 1 && end > best.earliestDeadline())) {
      return Constraint.DEADLINE;
    }
    boolean isOffline = position >= situation.window().deadlineCount();
    long bound = hasOffline || isOffline ? situation.offlineEndNanos() : situation.urgentEndNanos();
    return size > 1 && end > bound ? Constraint.OFFLINE_QUANTUM : Constraint.NONE;
  }

  private Constraint together(int position) {
    int variant = best.variant();
    Constraint fit = fits(variant, position);
    if (fit != Constraint.NONE) {
      return fit;
    }
    int size = best.size() + 1;
    if (best.size() == situation.plan().variant(variant).maxBatch()) {
      return Constraint.MAX_BATCH;
    }
    int length = situation.window().length(position);
    int longest = Math.max(length, best.paddedLength());
    if (!isPaddable() && length != best.paddedLength()) {
      return Constraint.EQUAL_LENGTH;
    }
    Constraint time = endsInTime(variant, position, size, longest);
    if (time != Constraint.NONE) {
      return time;
    }
    return padsTooMuch(size, longest, filled + length) ? Constraint.PADDING_CAP : Constraint.SCORE;
  }

  private boolean isPaddable() {
    return situation.plan().deployment().services().get(situation.service()).paddable();
  }

  private boolean padsTooMuch(int size, int longest, long elements) {
    double cap = situation.plan().servicePlan(situation.service()).paddingCap();
    return situation.window().size() > RunSearch.UNCAPPED_SIZE
        && elements < (1 - cap) * size * longest;
  }
}
