package io.waip.replay.capacity;

import java.util.List;

/**
 * What devices of a kind cost by their number: each device costs the price of the step it lies in,
 * so that more devices never cost less.
 *
 * @param steps in order of {@code from}; the first from 1
 */
public record PriceCurve(List<Step> steps) {
  private static final double MOST_MONEY = 1e9;

  /**
   * A volume step.
   *
   * @param from first device that costs this, {@code >= 1}
   * @param moneyPerHour of each device from there on, {@code [0, 10^9]}, in the user's currency
   */
  public record Step(int from, double moneyPerHour) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is left
     */
    public Step {
      if (from < 1 || !(moneyPerHour >= 0 && moneyPerHour <= MOST_MONEY)) {
        throw new IllegalArgumentException(
            "a price step is from device 1 or later, with money per hour in [0, 1e9]; got %d, %s"
                .formatted(from, moneyPerHour));
      }
    }
  }

  /**
   * Copies the list and checks the order.
   *
   * @throws IllegalArgumentException if the first step is not from 1 or the steps do not ascend
   */
  public PriceCurve {
    steps = List.copyOf(steps);
    int last = 0;
    for (Step step : steps) {
      if (step.from() <= last) {
        throw new IllegalArgumentException(
            "price steps must ascend, got %d after %d".formatted(step.from(), last));
      }
      last = step.from();
    }
    if (steps.isEmpty() || steps.getFirst().from() != 1) {
      throw new IllegalArgumentException("the first price step must be from device 1");
    }
  }

  /** Returns one price for every device, money per hour. */
  public static PriceCurve flat(double moneyPerHour) {
    return new PriceCurve(List.of(new Step(1, moneyPerHour)));
  }

  /** Returns what {@code count >= 0} devices cost together, money per hour. */
  public double moneyPerHour(int count) {
    double money = 0;
    for (int i = 0; i < steps.size(); i++) {
      int first = steps.get(i).from();
      int last = i + 1 < steps.size() ? steps.get(i + 1).from() - 1 : count;
      money += Math.max(0, Math.min(last, count) - first + 1) * steps.get(i).moneyPerHour();
    }
    return money;
  }
}
