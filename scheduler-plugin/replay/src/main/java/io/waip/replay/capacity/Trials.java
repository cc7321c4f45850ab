package io.waip.replay.capacity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Replays of purchases under one question, each made once. Single thread. */
final class Trials {
  /** What rounding may take from a limit, as a share of it. */
  private static final double ROUNDING = 1e-9;

  private final CapacityQuestion question;
  private final Consumer<CapacityFigures> observer;
  private final Map<List<Offer>, Demand> demands = new HashMap<>();
  private final Map<Purchase, CapacityFigures> figures = new HashMap<>();
  private final Map<Purchase, Double> most = new HashMap<>();

  /**
   * Begins without replays.
   *
   * @param observer told of each replay's figures
   */
  Trials(CapacityQuestion question, Consumer<CapacityFigures> observer) {
    this.question = question;
    this.observer = observer;
  }

  /** Returns the question. */
  CapacityQuestion question() {
    return question;
  }

  /** Returns the requests as devices of these offers see them. */
  Demand demand(List<Offer> offers) {
    return demands.computeIfAbsent(offers, each -> Demand.of(question, each));
  }

  /** Returns a replay that has not run. */
  PurchaseReplay replay(Purchase purchase) {
    return new PurchaseReplay(question, demand(purchase.offers()), purchase);
  }

  /** Returns what a replay showed. */
  CapacityFigures figures(Purchase purchase) {
    CapacityFigures known = figures.get(purchase);
    if (known == null) {
      known = replay(purchase).figures();
      figures.put(purchase, known);
      observer.accept(known);
    }
    return known;
  }

  /**
   * Returns how many requests no run on devices of one offer serves in time; spot devices as if
   * they stayed.
   */
  double mostRequests(Offer offer, int count) {
    return count == 0
        ? 0
        : most.computeIfAbsent(
            offer.of(count), each -> demand(each.offers()).mostRequests(List.of(count)));
  }

  /** Says whether so many requests in time can be enough for every service's target. */
  boolean mayReach(Offer offer, double requests) {
    return requests * (1 + ROUNDING) >= demand(List.of(offer)).neededRequests();
  }

  /** Says whether this number of devices is not ruled out. */
  boolean mayReach(Offer offer, int count) {
    return mayReach(offer, mostRequests(offer, count));
  }
}
