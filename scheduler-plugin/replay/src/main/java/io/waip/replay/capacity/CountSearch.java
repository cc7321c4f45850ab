package io.waip.replay.capacity;

import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * The smallest number that suffices. Only what is proven not to suffice is skipped: that more
 * devices suffice where fewer do is not taken for granted, since it does not hold for every
 * scheduler and every split into cells.
 *
 * @param ruledOut largest number that is proven, with all below it, not to suffice; 0 for none
 * @param smallest the smallest that suffices, or empty where none does up to the most
 */
record CountSearch(int ruledOut, OptionalInt smallest) {
  /**
   * Searches upward, behind what is ruled out by bisection.
   *
   * @param most largest number, {@code >= 1}
   * @param mayReach false proves that this number and all below it do not suffice
   * @param suffices asked of ascending numbers
   */
  static CountSearch upTo(int most, IntPredicate mayReach, IntPredicate suffices) {
    int low = 0;
    int high = most + 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (mayReach.test(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    for (int count = low + 1; count <= most; count++) {
      if (suffices.test(count)) {
        return new CountSearch(low, OptionalInt.of(count));
      }
    }
    return new CountSearch(low, OptionalInt.empty());
  }
}
