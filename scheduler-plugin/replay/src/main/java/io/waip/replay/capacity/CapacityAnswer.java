package io.waip.replay.capacity;

import java.util.List;

/**
 * How many devices are enough, and what they cost.
 *
 * @param requests offered
 * @param offeredPerSecond mean rate over the window, requests per second
 * @param windowNanos of the requests, nanoseconds
 * @param offers what was found for each offer, in the question's order, spot after its kind
 * @param mixes what was found for mixes
 * @param chosen the cheapest purchase that suffices, of equal price the first; where none does, the
 *     best that was reached: of those replayed the one whose worst service is least below its
 *     target
 * @param shortfall what limits one device fewer than chosen; where nothing suffices, those chosen
 * @param whatIfs what changes would buy
 * @param spot a verdict for each kind with spot terms
 */
public record CapacityAnswer(
    int requests,
    double offeredPerSecond,
    long windowNanos,
    List<OfferAnswer> offers,
    MixAnswer mixes,
    CapacityFigures chosen,
    Shortfall shortfall,
    List<WhatIf> whatIfs,
    List<SpotVerdict> spot) {
  /** Copies the lists. */
  public CapacityAnswer {
    offers = List.copyOf(offers);
    whatIfs = List.copyOf(whatIfs);
    spot = List.copyOf(spot);
  }

  /** Says whether a purchase that suffices was found. */
  public boolean suffices() {
    return chosen.suffices();
  }
}
