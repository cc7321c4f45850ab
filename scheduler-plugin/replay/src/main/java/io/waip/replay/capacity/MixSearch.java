package io.waip.replay.capacity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The cheapest mix of two offers that suffices and costs less than the best single offer.
 *
 * <p>Mixes have at least one device of each offer and at most {@value #MOST_DEVICES} in all. What
 * two lots serve together is at most the sum of what each could serve alone, so mixes whose sum of
 * limits is too low are ruled out. The others are replayed by rising price, of equal price those
 * with fewer devices first, until one suffices or the replays allowed are spent.
 */
final class MixSearch {
  /** Most devices of a mix. */
  static final int MOST_DEVICES = 64;

  private record Candidate(Purchase purchase, double money) {}

  private final Trials trials;
  private final CapacityQuestion question;
  private final double below;

  /**
   * Prepares a search.
   *
   * @param below money per hour that a mix has to stay under
   */
  private MixSearch(Trials trials, double below) {
    this.trials = trials;
    question = trials.question();
    this.below = below;
  }

  /**
   * Searches as far as the question's effort allows.
   *
   * @param singles the answers for each offer alone
   */
  static MixAnswer of(Trials trials, List<OfferAnswer> singles) {
    int allowed = trials.question().effort().mixReplays();
    if (allowed == 0 || singles.size() < 2) {
      return MixAnswer.NONE;
    }
    double below =
        singles.stream()
            .flatMap(each -> each.found().stream())
            .mapToDouble(CapacityFigures::moneyPerHour)
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    return new MixSearch(trials, below).search(singles, allowed);
  }

  private MixAnswer search(List<OfferAnswer> singles, int allowed) {
    List<CapacityFigures> looked = new ArrayList<>();
    List<Candidate> candidates = candidates(singles);
    for (Candidate candidate : candidates) {
      if (looked.size() == allowed) {
        return new MixAnswer(looked, Optional.empty(), false);
      }
      CapacityFigures figures = trials.figures(candidate.purchase());
      looked.add(figures);
      if (figures.suffices()) {
        return new MixAnswer(looked, Optional.of(figures), true);
      }
    }
    return new MixAnswer(looked, Optional.empty(), true);
  }

  private List<Candidate> candidates(List<OfferAnswer> singles) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < singles.size(); i++) {
      for (int j = i + 1; j < singles.size(); j++) {
        addPair(candidates, singles.get(i).offer(), singles.get(j).offer());
      }
    }
    // The sort is stable: what is left equal stays in the order of the offers.
    candidates.sort(
        Comparator.comparingDouble(Candidate::money)
            .thenComparingInt(candidate -> candidate.purchase().count()));
    return candidates;
  }

  private void addPair(List<Candidate> candidates, Offer first, Offer second) {
    int mostFirst = Math.min(MOST_DEVICES - 1, question.kind(first.kind()).most());
    int mostSecond = Math.min(MOST_DEVICES - 1, question.kind(second.kind()).most());
    for (int a = 1; a <= mostFirst; a++) {
      for (int b = 1; b <= Math.min(mostSecond, MOST_DEVICES - a); b++) {
        Purchase mix =
            new Purchase(List.of(new Purchase.Lot(first, a), new Purchase.Lot(second, b)));
        double money = mix.moneyPerHour(question);
        if (money >= below) {
          break;
        }
        double most = trials.mostRequests(first, a) + trials.mostRequests(second, b);
        if (trials.mayReach(first, most)) {
          candidates.add(new Candidate(mix, money));
        }
      }
    }
  }
}
