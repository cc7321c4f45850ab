package io.waip.replay.capacity;

import io.waip.replay.Traffic;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many devices of one offer to have now, from what was recently asked for.
 *
 * <p>More at once where the present number does not suffice for the latest window: the smallest
 * that does. One fewer only where that suffices for every window, the worst one included, and twice
 * the cold start has passed since the last change. A pure function of its inputs.
 *
 * @param question whose services, kinds, noise and bootstrap hold; its traffic is not used
 * @param offer of one of its kinds
 * @param coldStartNanos until a new device serves, nanoseconds, {@code >= 0}
 */
public record ScaleRule(CapacityQuestion question, Offer offer, long coldStartNanos) {
  private static final int DWELL_COLD_STARTS = 2;

  /** Why a number is recommended. */
  public enum Reason {
    /** The present number does not suffice for the latest window, this one does. */
    UP,
    /** No number up to the most suffices for the latest window: the most. */
    UP_TO_MOST,
    /** One fewer suffices for every window, and the last change is long ago. */
    DOWN,
    /** One fewer does not suffice for every window. */
    NEEDED,
    /** One fewer would suffice, but the last change is too recent. */
    DWELL,
    /** There is one device, the fewest. */
    FEWEST
  }

  /**
   * A recommendation.
   *
   * @param count devices to have, {@code >= 1}
   * @param reason why
   */
  public record Advice(int count, Reason reason) {}

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the offer is none of the question's, or the cold start
   *     negative
   */
  public ScaleRule {
    if (!CapacityPlanner.offers(question).contains(offer)) {
      throw new IllegalArgumentException("no device is offered as '" + offer.text() + "'");
    }
    if (coldStartNanos < 0) {
      throw new IllegalArgumentException("cold start must be >= 0, is " + coldStartNanos + " ns");
    }
  }

  /**
   * Recommends a number.
   *
   * @param present number of devices, {@code >= 1}
   * @param sinceChangeNanos since that number was last changed, nanoseconds, {@code >= 0}
   * @param windows requests of the last windows, the latest last; at least one, at rates of their
   *     own
   * @throws IllegalArgumentException if a figure is out of range, there is no window or a window's
   *     rate follows the capacity
   */
  public Advice recommend(int present, long sinceChangeNanos, List<Traffic> windows) {
    int most = question.kind(offer.kind()).most();
    if (present < 1 || sinceChangeNanos < 0 || windows.isEmpty()) {
      throw new IllegalArgumentException(
          "a recommendation needs >= 1 device, a time >= 0 and >= 1 window; got %d, %d ns, %d"
              .formatted(present, sinceChangeNanos, windows.size()));
    }
    List<Trials> trials =
        windows.stream().map(each -> new Trials(question.withTraffic(each), _ -> {})).toList();
    if (!suffices(trials.getLast(), present)) {
      return up(trials.getLast(), present, most);
    }
    if (present == 1) {
      return new Advice(1, Reason.FEWEST);
    }
    if (!trials.stream().allMatch(window -> suffices(window, present - 1))) {
      return new Advice(present, Reason.NEEDED);
    }
    return sinceChangeNanos < DWELL_COLD_STARTS * coldStartNanos
        ? new Advice(present, Reason.DWELL)
        : new Advice(present - 1, Reason.DOWN);
  }

  private Advice up(Trials latest, int present, int most) {
    return IntStream.rangeClosed(present + 1, most)
        .filter(count -> suffices(latest, count))
        .mapToObj(count -> new Advice(count, Reason.UP))
        .findFirst()
        .orElseGet(() -> new Advice(Math.max(present, most), Reason.UP_TO_MOST));
  }

  private boolean suffices(Trials window, int count) {
    return window.mayReach(offer, count) && window.figures(offer.of(count)).suffices();
  }
}
