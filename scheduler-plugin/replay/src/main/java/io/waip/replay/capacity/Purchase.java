package io.waip.replay.capacity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   * @throws IllegalArgumentException if it is empty or an offer occurs twice
   */
  public Purchase {
    lots = List.copyOf(lots);
    if (lots.isEmpty() || lots.stream().map(Lot::offer).distinct().count() < lots.size()) {
      throw new IllegalArgumentException(
          "a purchase has at least one lot and one lot of an offer, has " + lots);
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

  /** Returns the same with one more device in the first lot. */
  Purchase oneMore() {
    return with(lots.getFirst().count() + 1);
  }

  /** Returns the same with one device fewer in the first lot; empty for a single device. */
  Optional<Purchase> oneFewer() {
    return count() == 1 ? Optional.empty() : Optional.of(with(lots.getFirst().count() - 1));
  }

  private Purchase with(int first) {
    List<Lot> changed = new ArrayList<>(lots.subList(1, lots.size()));
    if (first > 0) {
      changed.addFirst(new Lot(lots.getFirst().offer(), first));
    }
    return new Purchase(changed);
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
