package io.waip.replay.capacity;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Devices that serve together.
 *
 * @param lots at least one, offers distinct
 */
public record Purchase(List<Lot> lots) {
  /**
   * Devices that are alike.
   *
   * @param count {@code >= 1}
   */
  public record Lot(Offer offer, int count) {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if there is no device
     */
    public Lot {
      if (count < 1) {
        throw new IllegalArgumentException("a lot has at least 1 device, not " + count);
      }
    }
  }

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public Purchase {
    lots = List.copyOf(lots);
    if (lots.isEmpty()) {
      throw new IllegalArgumentException("a purchase has at least one lot");
    }
  }

  /** Returns devices of one offer. */
  public static Purchase of(Offer offer, int count) {
    return new Purchase(List.of(new Lot(offer, count)));
  }

  /** Returns the number of devices. */
  public int count() {
    return lots.stream().mapToInt(Lot::count).sum();
  }

  /** Returns the offers, lot by lot. */
  List<Offer> offers() {
    return lots.stream().map(Lot::offer).toList();
  }

  /** Returns the same with one more, or one fewer, device in the first lot. */
  Purchase withMore(int devices) {
    Lot first = lots.getFirst();
    Lot changed = new Lot(first.offer(), first.count() + devices);
    return new Purchase(lots.stream().map(lot -> lot.equals(first) ? changed : lot).toList());
  }

  /** Returns text such as {@code 3 l4} or {@code 2 l4 + 1 a100 spot}. */
  public String text() {
    return lots.stream()
        .map(lot -> lot.count() + " " + lot.offer().text())
        .collect(Collectors.joining(" + "));
  }

  /** Returns what the devices cost, money per hour. */
  double moneyPerHour(CapacityQuestion question) {
    return lots.stream()
        .mapToDouble(lot -> lot.offer().price(question).moneyPerHour(lot.count()))
        .sum();
  }
}
