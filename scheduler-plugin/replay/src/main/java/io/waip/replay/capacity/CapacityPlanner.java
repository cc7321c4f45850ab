package io.waip.replay.capacity;

import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Answers capacity questions: for each offer the smallest number of devices that suffices, of those
 * the cheapest, what limits one fewer and what more would buy.
 *
 * <p>Deterministic: equal questions have equal answers. Single thread.
 */
public final class CapacityPlanner {
  /** How much longer the objective is in what a longer one would buy, nanoseconds. */
  public static final long LONGER_NANOS = 10_000_000;

  private final Trials trials;
  private final CapacityQuestion question;

  private CapacityPlanner(Trials trials) {
    this.trials = trials;
    question = trials.question();
  }

  /** Answers a question. */
  public static CapacityAnswer answer(CapacityQuestion question) {
    return answer(question, _ -> {});
  }

  /**
   * Answers a question.
   *
   * @param observer told of each replay as it is made; what it throws ends the search
   * @throws IllegalArgumentException if the rate leaves no two different arrival times; the message
   *     is one line for the user
   */
  public static CapacityAnswer answer(
      CapacityQuestion question, Consumer<CapacityFigures> observer) {
    return new CapacityPlanner(new Trials(question, observer)).answer();
  }

  /** Returns the offers of a question: each kind, followed by its spot devices. */
  static List<Offer> offers(CapacityQuestion question) {
    return question.kinds().stream()
        .flatMap(kind ->
            kind.spot().isPresent()
                ? Stream.of(new Offer(kind.name(), false), new Offer(kind.name(), true))
                : Stream.of(new Offer(kind.name(), false)))
        .toList();
  }

  private CapacityAnswer answer() {
    List<OfferAnswer> offers = offers(question).stream().map(this::smallest).toList();
    MixAnswer mixes = MixSearch.of(trials, offers);
    CapacityFigures chosen = chosen(offers, mixes);
    Workload workload = trials.demand(offers.getFirst().offer().of(1).offers()).workload();
    return new CapacityAnswer(
        workload.size(),
        workload.offeredPerSecond(),
        workload.windowNanos(),
        offers,
        mixes,
        withBest(chosen),
        shortfall(chosen, workload.offeredPerSecond()),
        whatIfs(chosen),
        spot(offers));
  }

  private OfferAnswer smallest(Offer offer) {
    List<CapacityFigures> looked = new ArrayList<>();
    int most = question.kind(offer.kind()).most();
    CountSearch search =
        CountSearch.upTo(
            most, count -> trials.mayReach(offer, count), count -> suffices(offer, count, looked));
    if (looked.isEmpty()) {
      looked.add(trials.figures(offer.of(most)));
    }
    return new OfferAnswer(offer, search.ruledOut(), looked, search.smallest());
  }

  private boolean suffices(Offer offer, int count, List<CapacityFigures> looked) {
    CapacityFigures figures = trials.figures(offer.of(count));
    looked.add(figures);
    return figures.suffices();
  }

  private static CapacityFigures chosen(List<OfferAnswer> offers, MixAnswer mixes) {
    Optional<CapacityFigures> cheapest =
        Stream.concat(
                offers.stream().flatMap(each -> each.found().stream()), mixes.found().stream())
            .min(Comparator.comparingDouble(CapacityFigures::moneyPerHour));
    return cheapest.orElseGet(() ->
        Stream.concat(
                offers.stream().flatMap(each -> each.looked().stream()), mixes.looked().stream())
            .max(
                Comparator.comparingDouble((CapacityFigures each) -> each.worst().margin())
                    .thenComparing(
                        Comparator.comparingDouble(CapacityFigures::moneyPerHour).reversed()))
            .orElseThrow());
  }

  private CapacityFigures withBest(CapacityFigures chosen) {
    return question.effort().searchesBest()
        ? chosen.withClairvoyant(trials.replay(chosen.purchase()).clairvoyantPerSecond())
        : chosen;
  }

  private Shortfall shortfall(CapacityFigures chosen, double offeredPerSecond) {
    Purchase limited =
        chosen.suffices()
            ? chosen.purchase().oneFewer().orElse(chosen.purchase())
            : chosen.purchase();
    return Shortfall.of(trials.figures(limited), trials.replay(limited).losses(), offeredPerSecond);
  }

  private List<WhatIf> whatIfs(CapacityFigures chosen) {
    Purchase purchase = chosen.purchase();
    Trials longer = new Trials(question.loosened(LONGER_NANOS), _ -> {});
    List<WhatIf> found = new ArrayList<>();
    found.add(whatIf("one_more_device", trials, purchase.oneMore(), chosen));
    found.add(whatIf("longer_objective", longer, purchase, chosen));
    purchase
        .oneFewer()
        .map(fewer -> whatIf("longer_objective_one_device_fewer", longer, fewer, chosen))
        .ifPresent(found::add);
    return found;
  }

  private static WhatIf whatIf(
      String change, Trials under, Purchase purchase, CapacityFigures chosen) {
    CapacityFigures figures = under.figures(purchase);
    return new WhatIf(change, figures, figures.all().share() - chosen.all().share());
  }

  private List<SpotVerdict> spot(List<OfferAnswer> offers) {
    return offers.stream()
        .filter(each -> each.offer().isSpot())
        .map(spot -> {
          Offer staying = new Offer(spot.offer().kind(), false);
          OfferAnswer other =
              offers.stream().filter(o -> o.offer().equals(staying)).findFirst().orElseThrow();
          CapacityFigures judged = spot.found().orElseGet(() -> spot.looked().getLast());
          return new SpotVerdict(
              spot.offer().kind(), other.found(), spot.found(), judged.interruptions());
        })
        .toList();
  }
}
