package io.waip.replay.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.replay.Devices;
import io.waip.replay.Noise;
import io.waip.replay.PolicyRun;
import io.waip.replay.Replay;
import io.waip.replay.ReplaySpec;
import io.waip.replay.Traffic;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.DeviceSpec;
import io.waip.replay.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityPlannerTest {
  private static final Offer L4 = new Offer("l4", false);

  private static CapacityQuestion kinds(double perSecond, DeviceKind... kinds) {
    CapacityQuestion simple = Questions.simple(Questions.traffic("poisson", 6000, perSecond), 16);
    return new CapacityQuestion(
        simple.traffic(), simple.services(), List.of(kinds), 64, simple.noise(), simple.effort());
  }

  private static WhatIf whatIf(CapacityAnswer answer, String change) {
    return answer.whatIfs().stream()
        .filter(each -> each.change().equals(change))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void figuresAreThoseOfAPlainReplay() {
    CapacityQuestion question = Questions.simple(Questions.traffic("gamma:cv=4", 5000, 3000), 16);
    CapacityFigures figures = new Trials(question, _ -> {}).figures(L4.of(3));
    ServiceSpec service = question.services().getFirst().service();
    Devices three = new Devices(List.of(new DeviceSpec("l4", 3, 1)), 64, List.of());
    Replay replay =
        Replay.of(new ReplaySpec(question.traffic(), List.of(service), three, question.noise()));
    PolicyRun run = replay.play(Policy.WAIP);

    assertThat(figures.all().share()).isCloseTo(run.attainment(), within(1e-12)).isLessThan(1);
    assertThat(figures.goodputPerSecond()).isCloseTo(run.goodputPerSecond(), within(1e-6));
    assertThat(figures.limitPerSecond()).isEqualTo(replay.limit().ratePerSecond());
    assertThat(figures.utilisation())
        .isCloseTo(run.log().busyNanos() / 3.0 / replay.workload().windowNanos(), within(1e-12));
    assertThat(figures.all().low()).isLessThan(figures.all().share());
  }

  @Test
  void equalQuestionsHaveEqualAnswersAndSeedsMatter() {
    CapacityQuestion question = Questions.hovering(3);
    CapacityAnswer answer = CapacityPlanner.answer(question);
    assertThat(CapacityPlanner.answer(Questions.hovering(3))).isEqualTo(answer);
    assertThat(CapacityPlanner.answer(Questions.hovering(4))).isNotEqualTo(answer);
  }

  @Test
  void choosesTheCheapestKind() {
    // A fast device serves more than two slow ones; at 2.5 times the price it is dearer here.
    DeviceKind slow = DeviceKind.of("l4", 16, 1, 1);
    CapacityAnswer dear = CapacityPlanner.answer(kinds(3000, slow, DeviceKind.of("h", 8, 2, 2.5)));
    CapacityAnswer cheap =
        CapacityPlanner.answer(kinds(3000, slow, DeviceKind.of("h", 8, 2, 1.25)));

    assertThat(dear.chosen().purchase().text()).isEqualTo("3 l4");
    assertThat(cheap.chosen().purchase().text()).isEqualTo("2 h");
    assertThat(cheap.chosen().moneyPerHour()).isEqualTo(2.5);
    assertThat(cheap.offers()).hasSize(2);
  }

  @Test
  void aKindWithCostsOfItsOwnIsAsOneOfThatSpeed() {
    DeviceKind fast = DeviceKind.of("l4", 16, 2, 1);
    DeviceKind own = DeviceKind.of("l4", 16, 1, 1).withCosts(List.of(Questions.COST.atSpeed(2)));
    assertThat(CapacityPlanner.answer(kinds(5000, own)))
        .isEqualTo(CapacityPlanner.answer(kinds(5000, fast)));
  }

  @Test
  void saysWhatLimitsOneDeviceFewer() {
    CapacityAnswer answer = CapacityPlanner.answer(kinds(3000, DeviceKind.of("l4", 16, 1, 1)));
    Shortfall shortfall = answer.shortfall();
    double lost = shortfall.shares().stream().mapToDouble(LossShare::share).sum();

    System.out.println("figures: " + shortfall.text());
    assertThat(answer.chosen().purchase()).isEqualTo(L4.of(3));
    assertThat(shortfall.figures().purchase()).isEqualTo(L4.of(2));
    assertThat(lost).isCloseTo(1 - shortfall.figures().all().share(), within(1e-9));
    assertThat(shortfall.shares().getFirst().cause()).isEqualTo("beyond_limit");
    assertThat(shortfall.text()).startsWith("at 2 l4: beyond limit 2");
  }

  @Test
  void saysWhatMoreWouldBuy() {
    CapacityAnswer answer = CapacityPlanner.answer(Questions.hovering(1));
    CapacityFigures chosen = answer.chosen();
    CapacityQuestion loosened = Questions.hovering(1).loosened(CapacityPlanner.LONGER_NANOS);

    assertThat(answer.whatIfs()).hasSize(3);
    assertThat(whatIf(answer, "one_more_device").figures().purchase().count())
        .isEqualTo(chosen.purchase().count() + 1);
    assertThat(whatIf(answer, "longer_objective").figures())
        .isEqualTo(new Trials(loosened, _ -> {}).figures(chosen.purchase()));
    assertThat(whatIf(answer, "longer_objective_one_device_fewer").gain())
        .isEqualTo(
            new Trials(loosened, _ -> {})
                    .figures(L4.of(chosen.purchase().count() - 1))
                    .all()
                    .share()
                - chosen.all().share());
  }

  @Test
  void overloadHasTheBestReachedForAnAnswer() {
    CapacityAnswer answer = CapacityPlanner.answer(kinds(9000, DeviceKind.of("l4", 3, 1, 1)));
    OfferAnswer offer = answer.offers().getFirst();

    assertThat(answer.suffices()).isFalse();
    assertThat(offer.smallest()).isEmpty();
    assertThat(offer.ruledOut()).isEqualTo(3);
    assertThat(answer.chosen().purchase()).isEqualTo(L4.of(3));
    assertThat(answer.shortfall().figures().purchase()).isEqualTo(L4.of(3));
    assertThat(answer.chosen().all().share()).isBetween(0.3, 0.4);
  }

  @Test
  void anObjectiveBelowTheTimeOfOneRequestIsAnAnswerAndNoError() {
    CapacityAnswer answer = CapacityPlanner.answer(kinds(10, DeviceKind.of("l4", 1000, 0.05, 1)));
    assertThat(answer.suffices()).isFalse();
    assertThat(answer.offers().getFirst().ruledOut()).isEqualTo(1000);
    assertThat(answer.chosen().all().share()).isZero();
    assertThat(answer.shortfall().text()).isEqualTo("at 1000 l4: beyond limit 100.0 %");
  }

  @Test
  void theWorstServiceDecides() {
    ServiceSpec tight = new ServiceSpec("tight", 1, 15 * Questions.MS, Questions.COST);
    ServiceSpec loose = new ServiceSpec("loose", 1, 200 * Questions.MS, Questions.COST);
    CapacityQuestion simple = Questions.simple(Questions.traffic("gamma:cv=4", 6000, 1500), 16);
    CapacityQuestion two =
        new CapacityQuestion(
            simple.traffic(),
            List.of(new ServiceTarget(tight, 0.99), new ServiceTarget(loose, 0.9)),
            simple.kinds(),
            64,
            simple.noise(),
            simple.effort());
    CapacityAnswer answer = CapacityPlanner.answer(two);
    CapacityFigures fewer = answer.shortfall().figures();

    assertThat(fewer.worst().service()).isEqualTo("tight");
    assertThat(fewer.worst().suffices()).isFalse();
    assertThat(fewer.services().get(1).suffices()).isTrue();
    assertThat(answer.chosen().services()).allMatch(ServiceAttainment::suffices);
  }

  @Test
  void theBestScheduleIsSearchedForTheDevicesChosenAlone() {
    CapacityQuestion question = kinds(2500, DeviceKind.of("l4", 16, 1, 1));
    CapacityQuestion.Effort effort =
        new CapacityQuestion.Effort(question.effort().bootstrap(), 0, true);
    CapacityAnswer answer = CapacityPlanner.answer(question.withEffort(effort));

    assertThat(answer.chosen().clairvoyantPerSecond().orElseThrow())
        .isBetween(answer.chosen().goodputPerSecond(), answer.chosen().limitPerSecond() + 1e-6);
    assertThat(answer.offers().getFirst().looked())
        .allMatch(each -> each.clairvoyantPerSecond().isEmpty());
  }

  @Test
  void tellsEachReplayAsItIsMade() {
    List<String> told = new ArrayList<>();
    CapacityPlanner.answer(Questions.hovering(1), figures -> told.add(figures.purchase().text()));
    assertThat(told).startsWith("1 l4", "2 l4", "3 l4").doesNotHaveDuplicates();
  }

  /** 20,000 requests and up to 16 devices; the time is printed, not judged. */
  @Test
  void aQuestionOfTwentyThousandRequestsTakesSeconds() {
    for (String arrivals : List.of("poisson", "gamma:cv=4", "gamma:cv=13")) {
      CapacityQuestion question =
          Questions.simple(Questions.traffic(arrivals, 20_000, 8000), 16)
              .withEffort(CapacityQuestion.Effort.DEFAULT);
      long start = System.nanoTime();
      CapacityAnswer answer = CapacityPlanner.answer(question);
      System.out.printf(
          "figures: %s: %s of %d looked at, %.1f s%n",
          arrivals,
          answer.chosen().purchase().text(),
          answer.offers().getFirst().looked().size(),
          (System.nanoTime() - start) / 1e9);
      assertThat(answer.suffices()).isTrue();
    }
  }

  /** Deadlines of two objectives are bounded by flows, which take longer. */
  @Test
  void twoServicesOfUnlikeObjectivesTakeSeconds() {
    ServiceSpec tight = new ServiceSpec("tight", 1, 30 * Questions.MS, Questions.COST);
    ServiceSpec loose = new ServiceSpec("loose", 1, 100 * Questions.MS, Questions.COST);
    CapacityQuestion simple = Questions.simple(Questions.traffic("poisson", 20_000, 8000), 16);
    CapacityQuestion two =
        new CapacityQuestion(
            simple.traffic(),
            List.of(new ServiceTarget(tight, 0.99), new ServiceTarget(loose, 0.95)),
            simple.kinds(),
            64,
            new Noise(0.1, 1),
            simple.effort());
    long start = System.nanoTime();
    CapacityAnswer answer = CapacityPlanner.answer(two);
    System.out.printf(
        "figures: two services: %s, ruled out up to %d, %d looked at, %.1f s%n",
        answer.chosen().purchase().text(),
        answer.offers().getFirst().ruledOut(),
        answer.offers().getFirst().looked().size(),
        (System.nanoTime() - start) / 1e9);
    assertThat(answer.suffices()).isTrue();
  }

  @Test
  void refusesQuestionsThatCannotBeAnswered() {
    Traffic relative = Traffic.generated(new ArrivalSpec.Poisson(), 100, 1);
    assertThatThrownBy(() -> Questions.simple(relative, 1))
        .hasMessageContaining("allowed: requests per second");
    DeviceKind one = DeviceKind.of("l4", 1, 1, 1);
    assertThatThrownBy(() -> kinds(100, one, one)).hasMessageContaining("'l4' is named twice");
    assertThatThrownBy(() -> kinds(100)).hasMessageContaining("at least one device kind");
    CostSpec cost = Questions.COST;
    assertThatThrownBy(() -> kinds(100, one.withCosts(List.of(cost, cost))))
        .hasMessageContaining("has 2 costs; allowed: none or 1");
    assertThatThrownBy(() -> DeviceKind.of("l4", 5000, 1, 1)).hasMessageContaining("[1, 4096]");
    assertThatThrownBy(() -> Questions.target(50, 1)).hasMessageContaining("(0, 1)");
  }
}
