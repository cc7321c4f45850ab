package io.waip.replay.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The search finds what a replay of every number finds, and searches that do not are caught. */
class BruteForceTest {
  private static final int RANDOM = 40;
  private static final int HOVERING = 10;

  /** What a replay of every number of one offer showed, and what the planner found. */
  private record Case(Trials trials, BitSet suffices, OfferAnswer found) {
    int most() {
      return trials.question().kind(found.offer().kind()).most();
    }

    OptionalInt truth() {
      return Questions.first(suffices);
    }

    boolean isMonotone() {
      return Questions.isMonotone(suffices, most());
    }

    /** Searches with a limit that is too low by a factor. */
    OptionalInt searched(double factor) {
      Offer offer = found.offer();
      IntPredicate mayReach =
          count -> trials.mayReach(offer, factor * trials.mostRequests(offer, count));
      return CountSearch.upTo(most(), mayReach, suffices::get).smallest();
    }

    /** Takes for granted that more devices suffice where fewer do. */
    OptionalInt bisected() {
      int low = 0;
      int high = most() + 1;
      while (high - low > 1) {
        int middle = (low + high) >>> 1;
        low = suffices.get(middle) ? low : middle;
        high = suffices.get(middle) ? middle : high;
      }
      return high > most() ? OptionalInt.empty() : OptionalInt.of(high);
    }
  }

  private static final List<Case> CASES = new ArrayList<>();

  @BeforeAll
  static void replayEveryNumber() {
    Stream.concat(
            LongStream.rangeClosed(1, RANDOM).mapToObj(Questions::random),
            LongStream.rangeClosed(1, HOVERING).mapToObj(Questions::hovering))
        .forEach(BruteForceTest::add);
  }

  private static void add(CapacityQuestion question) {
    Trials trials = new Trials(question, _ -> {});
    for (OfferAnswer found : CapacityPlanner.answer(question).offers()) {
      CASES.add(new Case(trials, Questions.bruteForce(question, found.offer()), found));
    }
  }

  @Test
  void findsWhatAReplayOfEveryNumberFinds() {
    System.out.printf(
        "figures: %d questions, %d offers, none suffices in %d, not monotone %d, spot %d; replayed %d"
            + " of %d numbers, ruled out %d%n",
        RANDOM + HOVERING,
        CASES.size(),
        CASES.stream().filter(each -> each.truth().isEmpty()).count(),
        CASES.stream().filter(each -> !each.isMonotone()).count(),
        CASES.stream().filter(each -> each.found().offer().isSpot()).count(),
        CASES.stream().mapToInt(each -> each.found().looked().size()).sum(),
        CASES.stream().mapToInt(Case::most).sum(),
        CASES.stream().mapToInt(each -> each.found().ruledOut()).sum());
    assertThat(CASES)
        .allSatisfy(each -> assertThat(each.found().smallest()).isEqualTo(each.truth()));
  }

  @Test
  void theQuestionsReachEveryKindOfAnswer() {
    assertThat(CASES).anyMatch(each -> each.truth().isEmpty());
    assertThat(CASES).anyMatch(each -> !each.isMonotone());
    assertThat(CASES).anyMatch(each -> each.found().offer().isSpot());
    assertThat(CASES).anyMatch(each -> each.found().ruledOut() > 0);
    assertThat(CASES).anyMatch(each -> each.truth().orElse(0) > 8);
  }

  @Test
  void aSearchThatTrustsMonotonicityIsCaught() {
    long caught = CASES.stream().filter(each -> !each.bisected().equals(each.truth())).count();
    System.out.printf("figures: bisection is wrong in %d of %d offers%n", caught, CASES.size());
    assertThat(caught).isPositive();
  }

  @Test
  void aLimitThatIsTooLowIsCaught() {
    long caught = CASES.stream().filter(each -> !each.searched(0.95).equals(each.truth())).count();
    System.out.printf("figures: a limit 5 %% low is wrong in %d of %d%n", caught, CASES.size());
    assertThat(caught).isPositive();
    assertThat(CASES).allSatisfy(each -> assertThat(each.searched(1)).isEqualTo(each.truth()));
  }

  @Test
  void nothingThatWasReplayedExceedsItsLimitWithoutNoise() {
    assertThat(CASES)
        .filteredOn(each -> each.trials().question().noise().coefficientOfVariation() == 0)
        .isNotEmpty()
        .flatExtracting(each -> each.found().looked())
        .allSatisfy(each ->
            assertThat(each.goodputPerSecond())
                .isLessThanOrEqualTo(each.limitPerSecond() * 1.000001));
  }

  @Test
  void nothingThatWasReplayedExceedsTheLimitOfItsFastestBatches() {
    assertThat(CASES)
        .allSatisfy(each -> {
          Offer offer = each.found().offer();
          double seconds = each.trials().demand(List.of(offer)).workload().windowNanos() / 1e9;
          for (CapacityFigures figures : each.found().looked()) {
            double most = each.trials().mostRequests(offer, figures.purchase().count());
            assertThat(figures.goodputPerSecond() * seconds).isLessThanOrEqualTo(most * 1.000001);
          }
        });
  }
}
