package io.waip.replay.capacity;

import java.util.List;
import java.util.Optional;

/**
 * What was found for mixes of two offers.
 *
 * @param looked figures of the mixes that were replayed, by rising price
 * @param found the cheapest that suffices, or empty where none was found
 * @param isComplete whether every mix cheaper than the best single offer was replayed or ruled out
 *     up to the one found; false where the replays allowed were not enough
 */
public record MixAnswer(
    List<CapacityFigures> looked, Optional<CapacityFigures> found, boolean isComplete) {
  /** No mix was looked for. */
  public static final MixAnswer NONE = new MixAnswer(List.of(), Optional.empty(), true);

  /** Copies the list. */
  public MixAnswer {
    looked = List.copyOf(looked);
  }
}
