package io.waip.replay.capacity;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether spot devices of a kind are worth their interruptions.
 *
 * @param kind name of the kind
 * @param staying smallest purchase of devices that stay, or empty where none suffices
 * @param spot smallest purchase of spot devices, or empty where none suffices
 * @param interruptions seen in the window by the spot devices, those that suffice or the most
 */
public record SpotVerdict(
    String kind,
    Optional<CapacityFigures> staying,
    Optional<CapacityFigures> spot,
    int interruptions) {
  /** Fewer interruptions than this tell little of them. */
  public static final int FEW_INTERRUPTIONS = 10;

  /** Says whether spot devices suffice for less money, or alone. */
  public boolean isSpotBetter() {
    return spot.isPresent()
        && (staying.isEmpty() || spot.get().moneyPerHour() < staying.get().moneyPerHour());
  }

  /** Says whether the window held too few interruptions to judge by. */
  public boolean isUnsure() {
    return interruptions < FEW_INTERRUPTIONS;
  }

  /** Returns one line such as {@code 9 l4 spot cost 4.50 per hour, more than 5 l4 for 4.00}. */
  public String text() {
    String unsure =
        isUnsure() ? String.format(Locale.ROOT, "; only %d interruptions seen", interruptions) : "";
    if (spot.isEmpty()) {
      return "no number of " + kind + " spot looked at suffices" + unsure;
    }
    return cost(spot.get()) + comparison() + unsure;
  }

  private String comparison() {
    if (staying.isEmpty()) {
      return "; no number of " + kind + " looked at suffices";
    }
    return (isSpotBetter() ? ", less than " : ", not less than ") + cost(staying.get());
  }

  private static String cost(CapacityFigures figures) {
    return String.format(
        Locale.ROOT, "%s at %.2f per hour", figures.purchase().text(), figures.moneyPerHour());
  }
}
