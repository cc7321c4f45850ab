package io.waip.api.resource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What energy is expected to cost and to cause in a region: a step curve over slots of one length.
 * Before its first and after its last slot nothing is known, and nothing is carried on.
 *
 * @param region the place, not blank
 * @param start of the first slot
 * @param slot length of each, a whole number of seconds, {@code >= 1s}
 * @param terms of each slot, at least one; a figure may be unknown in any of them
 */
public record Forecast(String region, Instant start, Duration slot, List<EnergyTerms> terms) {
  /**
   * Copies the list and checks the parts.
   *
   * @throws IllegalArgumentException if the region is blank, there is no slot, or its length is no
   *     whole number of seconds or below one
   */
  public Forecast {
    terms = List.copyOf(terms);
    if (region.isBlank()
        || terms.isEmpty()
        || !slot.equals(Duration.ofSeconds(slot.toSeconds()))
        || slot.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "a forecast has a region and slots of whole seconds, has '%s' and %d of %s"
              .formatted(region, terms.size(), slot));
    }
  }

  /** Returns when the last slot ends. */
  public Instant end() {
    return start.plus(slot.multipliedBy(terms.size()));
  }

  /** Returns the terms at a time; unknown outside of the slots. */
  public EnergyTerms at(Instant time) {
    if (time.isBefore(start)) {
      return EnergyTerms.unknown(region + " before " + start);
    }
    if (!time.isBefore(end())) {
      return EnergyTerms.unknown(region + " from " + end() + " on");
    }
    return terms.get((int) (Duration.between(start, time).toSeconds() / slot.toSeconds()));
  }
}
