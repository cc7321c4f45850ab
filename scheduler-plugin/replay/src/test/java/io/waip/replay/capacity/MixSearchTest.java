package io.waip.replay.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixSearchTest {
  private static final Offer BIG = new Offer("big", false);
  private static final Offer SMALL = new Offer("small", false);

  private static CapacityQuestion question(double perSecond, int mixReplays) {
    CapacityQuestion simple = Questions.simple(Questions.traffic("gamma:cv=2", 4000, perSecond), 1);
    return new CapacityQuestion(
        simple.traffic(),
        simple.services(),
        List.of(DeviceKind.of("big", 6, 2, 2.2), DeviceKind.of("small", 6, 0.5, 0.8)),
        64,
        simple.noise(),
        Questions.effort(mixReplays));
  }

  private static Purchase mix(int big, int small) {
    return new Purchase(List.of(new Purchase.Lot(BIG, big), new Purchase.Lot(SMALL, small)));
  }

  /** Replays every mix. */
  private static Optional<Double> cheapest(CapacityQuestion question) {
    Trials trials = new Trials(question, _ -> {});
    Optional<Double> least = Optional.empty();
    for (int big = 1; big <= 6; big++) {
      for (int small = 1; small <= 6; small++) {
        CapacityFigures figures = trials.figures(mix(big, small));
        if (figures.suffices() && figures.moneyPerHour() < least.orElse(Double.MAX_VALUE)) {
          least = Optional.of(figures.moneyPerHour());
        }
      }
    }
    return least;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1800, 2600, 3300, 4200, 5500, 7000, 9000})
  void findsTheCheapestMixBelowTheBestSingleKind(double perSecond) {
    CapacityQuestion question = question(perSecond, 200);
    CapacityAnswer answer = CapacityPlanner.answer(question);
    double single =
        answer.offers().stream()
            .flatMap(each -> each.found().stream())
            .mapToDouble(CapacityFigures::moneyPerHour)
            .min()
            .orElse(Double.MAX_VALUE);
    Optional<Double> best = cheapest(question).filter(money -> money < single);
    System.out.printf(
        "figures: %.0f/s: single %.2f, %s at %.2f, %d mixes replayed%n",
        perSecond,
        single,
        answer.chosen().purchase().text(),
        answer.chosen().moneyPerHour(),
        answer.mixes().looked().size());

    assertThat(answer.mixes().isComplete()).isTrue();
    assertThat(answer.mixes().found().map(CapacityFigures::moneyPerHour)).isEqualTo(best);
    assertThat(answer.chosen().moneyPerHour()).isEqualTo(best.orElse(single));
  }

  @Test
  void saysWhereTheReplaysAllowedWereTooFew() {
    MixAnswer cut = CapacityPlanner.answer(question(5500, 1)).mixes();
    assertThat(cut.looked()).hasSize(1);
    assertThat(cut.found()).isEmpty();
    assertThat(cut.isComplete()).isFalse();
  }

  @Test
  void looksForNoMixWhereNoneIsAskedFor() {
    assertThat(CapacityPlanner.answer(question(2600, 0)).mixes()).isEqualTo(MixAnswer.NONE);
  }
}
