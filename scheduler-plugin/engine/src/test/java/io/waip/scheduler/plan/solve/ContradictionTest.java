package io.waip.scheduler.plan.solve;

import static io.waip.scheduler.plan.solve.Problems.GB;
import static io.waip.scheduler.plan.solve.Problems.device;
import static io.waip.scheduler.plan.solve.Problems.option;
import static io.waip.scheduler.plan.solve.Problems.problem;
import static io.waip.scheduler.plan.solve.Problems.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.plan.DeviceSupply;
import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.PlanningConstraint;
import io.waip.api.plan.PlanningConstraint.Kind;
import io.waip.api.plan.PlanningLimits;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.PlanningResult;
import io.waip.api.plan.PlanningResult.Infeasible;
import io.waip.api.plan.PlanningResult.Planned;
import io.waip.api.plan.PlanningResult.Relaxation;
import io.waip.api.plan.ServiceDemand;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Contradictions of every kind, and that each relaxation does and a smaller one does not. */
class ContradictionTest {
  private static final PlacementSolver SOLVER = new PlacementSolver(SolverSettings.DEFAULT);

  /** 100 requests a second are asked for and promised; one l4 serves 60 in full quality. */
  private static final ServiceDemand PROMISED = service("embed", 100, 1).withPromise(100);

  private static final PlacementOption FULL = option("embed", "fp32", "l4", 60, 1);
  private static final PlacementOption CHEAP = option("embed", "int8", "l4", 120, 0.97);

  private static Infeasible contradiction(PlanningProblem problem) {
    PlanningResult result = SOLVER.solve(problem);
    assertThat(result).isInstanceOf(Infeasible.class);
    Infeasible none = (Infeasible) result;
    assertThat(none.proven()).isTrue();
    System.out.println("contradiction: " + none.contradiction() + ", kept " + none.promisesKept());
    return none;
  }

  private static Relaxation of(Infeasible none, Kind kind, String subject) {
    PlanningConstraint name = new PlanningConstraint(kind, subject);
    return none.contradiction().stream()
        .filter(each -> each.constraint().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static PlanningProblem with(
      PlanningProblem problem, PlanningConstraint name, double value) {
    PlanningLimits limits = problem.limits();
    OptionalDouble limit = OptionalDouble.of(value);
    return switch (name.kind()) {
      case MONEY -> problem.withLimits(limits.withMoneyPerHour(limit));
      case WATTS -> problem.withLimits(limits.withWatts(limit));
      case GRAMS -> problem.withLimits(limits.withGramsPerHour(limit));
      case RULE ->
          problem.withOptions(problem.options().stream().map(o -> o.forbidden("")).toList());
      case DEVICES ->
          problem.withDevices(
              problem.devices().stream()
                  .map(d -> d.name().equals(name.subject()) ? d.withCount((int) value) : d)
                  .toList());
      case QUALITY_FLOOR, PROMISE ->
          problem.withServices(
              problem.services().stream()
                  .map(s -> s.name().equals(name.subject()) ? with(s, name.kind(), value) : s)
                  .toList());
    };
  }

  private static ServiceDemand with(ServiceDemand service, Kind kind, double value) {
    return kind == Kind.PROMISE ? service.withPromise(value) : service.withQualityFloor(value);
  }

  /** Relaxing as told does; a hundredth less does not, of devices one less. */
  private static int verified(PlanningProblem problem, Infeasible none) {
    int verified = 0;
    for (Relaxation each : none.contradiction()) {
      if (each.enough().isPresent()) {
        double enough = each.enough().getAsDouble();
        PlanningConstraint name = each.constraint();
        assertThat(SOLVER.solve(with(problem, name, enough)))
            .as("%s enough", each)
            .isInstanceOf(Planned.class);
        double less =
            name.kind() == Kind.DEVICES ? enough - 1 : enough - 0.01 * (enough - each.has());
        if (name.kind() != Kind.RULE) {
          assertThat(SOLVER.solve(with(problem, name, less)))
              .as("%s a hundredth less", each)
              .isInstanceOf(Infeasible.class);
        }
        verified++;
      }
    }
    return verified;
  }

  @Test
  void tooFewDevicesForAPromise() {
    PlanningProblem problem =
        problem(List.of(PROMISED), List.of(device("l4", 1, 1)), List.of(FULL));
    Infeasible none = contradiction(problem);
    assertThat(of(none, Kind.DEVICES, "l4").enough()).hasValue(2);
    assertThat(of(none, Kind.DEVICES, "l4")).hasToString("l4: 1 more");
    assertThat(of(none, Kind.PROMISE, "embed").enough().orElseThrow()).isCloseTo(60, within(1e-4));
    assertThat(none.promisesKept().get("embed")).isCloseTo(60, within(1e-4));
    assertThat(verified(problem, none)).isEqualTo(2);
  }

  @Test
  void aBudgetBelowThePriceOfAPromise() {
    PlanningProblem problem =
        with(
            problem(List.of(PROMISED), List.of(device("l4", 4, 2.6)), List.of(FULL)),
            new PlanningConstraint(Kind.MONEY, ""),
            4);
    Infeasible none = contradiction(problem);
    assertThat(of(none, Kind.MONEY, "").enough().orElseThrow()).isCloseTo(5.2, within(1e-5));
    assertThat(verified(problem, none)).isEqualTo(2);
  }

  @Test
  void aFloorThatOnlyASlowVariantKeeps() {
    PlanningProblem problem =
        with(
            problem(List.of(PROMISED), List.of(device("l4", 1, 1)), List.of(FULL, CHEAP)),
            new PlanningConstraint(Kind.QUALITY_FLOOR, "embed"),
            0.985);
    // x of full quality takes x/60 and 100 - x take (100 - x)/120 of a device: x = 20, mean 0.976.
    Infeasible none = contradiction(problem);
    assertThat(of(none, Kind.QUALITY_FLOOR, "embed").enough().orElseThrow())
        .isCloseTo(0.976, within(1e-6));
    assertThat(verified(problem, none)).isEqualTo(3);
  }

  @Test
  void wattsBelowWhatAPromiseDraws() {
    PlanningProblem problem =
        with(
            problem(List.of(PROMISED), List.of(device("l4", 4, 1)), List.of(FULL)),
            new PlanningConstraint(Kind.WATTS, ""),
            100);
    // Two devices idle at 20 W each, and 100/60 of one busy with 50 W more.
    Infeasible none = contradiction(problem);
    assertThat(of(none, Kind.WATTS, "").enough().orElseThrow())
        .isCloseTo(40 + 50 * 100 / 60.0, within(1e-4));
    assertThat(verified(problem, none)).isEqualTo(2);
  }

  @Test
  void gramsBelowWhatAPromiseCauses() {
    PlanningProblem problem =
        with(
            problem(List.of(PROMISED), List.of(device("l4", 4, 1)), List.of(FULL)),
            new PlanningConstraint(Kind.GRAMS, ""),
            40);
    // The watts above times an hour, a building of 1.2 and 400 g/kWh.
    Infeasible none = contradiction(problem);
    assertThat(of(none, Kind.GRAMS, "").enough().orElseThrow())
        .isCloseTo((40 + 50 * 100 / 60.0) * 1.2 * 0.4, within(1e-4));
    assertThat(verified(problem, none)).isEqualTo(2);
  }

  @Test
  void aRuleThatForbidsTheOnlyFastVariant() {
    PlanningProblem problem =
        problem(
            List.of(PROMISED),
            List.of(device("l4", 1, 1)),
            List.of(FULL, CHEAP.forbidden("no-int8")));
    Infeasible none = contradiction(problem);
    assertThat(of(none, Kind.RULE, "no-int8").enough()).hasValue(0);
    assertThat(of(none, Kind.RULE, "no-int8")).hasToString("rule of no-int8: without it");
    assertThat(verified(problem, none)).isEqualTo(3);
  }

  @Test
  void twoPromisesThatDoNotFitTogether() {
    ServiceDemand rank = service("rank", 50, 1).withPromise(40);
    PlanningProblem problem =
        problem(
            List.of(PROMISED.withPromise(40), rank),
            List.of(device("l4", 1, 1)),
            List.of(FULL, option("rank", "fp32", "l4", 60, 1)));
    Infeasible none = contradiction(problem);
    assertThat(of(none, Kind.PROMISE, "rank").enough().orElseThrow()).isCloseTo(20, within(1e-4));
    assertThat(verified(problem, none)).isEqualTo(3);
  }

  @Test
  void memoryThatHoldsOnlyOneOfTwoPromises() {
    Problems.Shape large = new Problems.Shape(1, 60, 1, 14 * GB, 1_000_000);
    PlanningProblem problem =
        problem(
            List.of(service("a", 20, 1).withPromise(10), service("b", 20, 1).withPromise(10)),
            List.of(device("l4", 1, 1)),
            List.of(option("a", "v", "l4", large), option("b", "v", "l4", large)));
    Infeasible none = contradiction(problem);
    assertThat(of(none, Kind.DEVICES, "l4").enough()).hasValue(2);
    assertThat(verified(problem, none)).isEqualTo(3);
  }

  @Test
  void moneyAndFloorTogether() {
    PlanningProblem problem =
        with(
            with(
                problem(List.of(PROMISED), List.of(device("l4", 9, 1)), List.of(FULL, CHEAP)),
                new PlanningConstraint(Kind.QUALITY_FLOOR, "embed"),
                0.985),
            new PlanningConstraint(Kind.MONEY, ""),
            1.5);
    Infeasible none = contradiction(problem);
    assertThat(of(none, Kind.MONEY, "").enough().orElseThrow()).isCloseTo(2, within(1e-5));
    assertThat(of(none, Kind.QUALITY_FLOOR, "embed").enough()).isPresent();
    assertThat(verified(problem, none)).isEqualTo(3);
  }

  @Test
  void oneRelaxationIsNotEnoughForTwoContradictions() {
    PlanningProblem problem =
        problem(
            List.of(PROMISED, service("rank", 100, 1).withPromise(100)),
            List.of(device("l4", 1, 1), device("t4", 1, 1)),
            List.of(FULL, option("rank", "fp32", "t4", 50, 1)));
    Infeasible none = contradiction(problem);
    assertThat(none.contradiction()).hasSize(2).allMatch(each -> each.enough().isEmpty());
    assertThat(none.promisesKept().get("embed")).isCloseTo(60, within(1e-4));
    assertThat(none.promisesKept().get("rank")).isCloseTo(50, within(1e-4));
  }

  @Test
  void overloadIsNoContradiction() {
    PlanningProblem problem =
        problem(List.of(service("embed", 900, 1)), List.of(device("l4", 1, 1)), List.of(FULL));
    Planned planned = (Planned) SOLVER.solve(problem);
    assertThat(planned.best().service("embed").servedPerSecond()).isCloseTo(60, within(1e-4));
    assertThat(planned.best().service("embed").ceilingPerSecond()).isCloseTo(60, within(1e-4));
  }

  /** No promise can be kept where no option serves it. */
  @Test
  void aPromiseThatNothingServes() {
    PlanningProblem problem = problem(List.of(PROMISED), List.of(device("l4", 1, 1)), List.of());
    Infeasible none = contradiction(problem);
    assertThat(none.contradiction()).hasSize(1);
    assertThat(of(none, Kind.PROMISE, "embed").enough()).hasValue(0);
  }

  @Test
  void everyRelaxationOfRandomProblemsDoesAndNoSmallerOne() {
    SplittableRandom random = new SplittableRandom(21);
    int contradictions = 0;
    int relaxations = 0;
    for (int i = 0; i < 300; i++) {
      PlanningProblem problem = Problems.small(random.split());
      if (SOLVER.solve(problem) instanceof Infeasible none) {
        assertThat(none.contradiction()).as("round %d", i).isNotEmpty();
        irreducible(problem, none);
        relaxations += verified(problem, none);
        contradictions++;
      }
    }
    System.out.printf(
        "contradictions: %d of 300 random problems, %d relaxations verified%n",
        contradictions, relaxations);
    assertThat(contradictions).isGreaterThan(20);
  }

  /** Alone the constraints contradict; without any of them they do not. */
  private static void irreducible(PlanningProblem problem, Infeasible none) {
    List<PlanningConstraint> all =
        none.contradiction().stream().map(Relaxation::constraint).toList();
    assertThat(SOLVER.solve(Constraints.only(problem, all))).isInstanceOf(Infeasible.class);
    for (PlanningConstraint each : all) {
      List<PlanningConstraint> others = all.stream().filter(o -> !o.equals(each)).toList();
      assertThat(SOLVER.solve(Constraints.only(problem, others))).isInstanceOf(Planned.class);
    }
  }

  /** A device that no plan needs changes nothing. */
  @Test
  void aKindThatServesNothingIsNoPartOfAContradiction() {
    DeviceSupply idle = device("idle", 3, 1);
    PlanningProblem problem =
        problem(List.of(PROMISED), List.of(device("l4", 1, 1), idle), List.of(FULL));
    assertThat(contradiction(problem).contradiction())
        .noneMatch(each -> each.constraint().subject().equals("idle"));
  }
}
