package io.waip.replay.capacity;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was found for one offer.
 *
 * @param offer the devices
 * @param ruledOut largest number that the limit proves, with all below it, not to suffice; 0 for
 *     none
 * @param looked figures of the numbers that were replayed, ascending; at least one
 * @param smallest smallest number that suffices, or empty where none does up to the most
 */
public record OfferAnswer(
    Offer offer, int ruledOut, List<CapacityFigures> looked, OptionalInt smallest) {
  /** Copies the list. */
  public OfferAnswer {
    looked = List.copyOf(looked);
  }

  /** Returns the figures of the smallest number that suffices, or empty where there is none. */
  public Optional<CapacityFigures> found() {
    return looked.stream()
        .filter(each -> smallest.isPresent() && each.purchase().count() == smallest.getAsInt())
        .findFirst();
  }
}
