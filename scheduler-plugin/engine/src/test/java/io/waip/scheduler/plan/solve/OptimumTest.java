package io.waip.scheduler.plan.solve;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.plan.PlanScore;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.PlanningResult;
import io.waip.api.plan.PlanningResult.Infeasible;
import io.waip.api.plan.PlanningResult.Planned;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The solver against every way to load every device. */
class OptimumTest {
  private static final int ROUNDS = 600;

  /** What the solver gave for a problem, beside the optimum. */
  private record Round(int number, PlanningResult given, BruteForce.Optimum optimum) {
    double gap() {
      return given instanceof Planned planned && optimum.value() > 0
          ? Math.max(0, 1 - planned.best().score().valuePerSecond() / optimum.value())
          : 0;
    }
  }

  private static List<Round> rounds(SolverSettings settings) {
    SplittableRandom random = new SplittableRandom(7);
    PlacementSolver solver = new PlacementSolver(settings);
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      PlanningProblem problem = Problems.small(random.split());
      rounds.add(new Round(i, solver.solve(problem), BruteForce.of(problem)));
    }
    return rounds;
  }

  private static Offset<Double> close(double value) {
    return Offset.offset(1e-6 * Math.max(1, Math.abs(value)));
  }

  @Test
  void branchAndBoundGivesTheOptimumOfValueAndThenOfBadness() {
    int planned = 0;
    int infeasible = 0;
    long tried = 0;
    for (Round round : rounds(SolverSettings.DEFAULT)) {
      BruteForce.Optimum optimum = round.optimum;
      tried += optimum.tried();
      if (round.given instanceof Planned plans) {
        planned++;
        PlanScore score = plans.best().score();
        assertThat(plans.exact()).as("exact %d", round.number).isTrue();
        assertThat(score.valuePerSecond())
            .as("value %d", round.number)
            .isCloseTo(optimum.value(), close(optimum.value()));
        assertThat(score.badnessPerHour())
            .as("badness %d", round.number)
            .isCloseTo(
                optimum.badness(), Offset.offset(1e-4 * Math.max(1, Math.abs(optimum.badness()))));
      } else if (round.given instanceof Infeasible none) {
        infeasible++;
        assertThat(optimum.exists()).as("infeasible %d", round.number).isFalse();
        assertThat(none.proven()).as("proven %d", round.number).isTrue();
      }
    }
    System.out.printf(
        "exact: %d plans and %d contradictions of %d problems agree with %d ways to load%n",
        planned, infeasible, ROUNDS, tried);
    assertThat(planned).isGreaterThan(400);
    assertThat(infeasible).isGreaterThan(20);
  }

  @Test
  void packingAndImprovementComeNearTheOptimumAndNeverAboveIt() {
    List<Round> rounds = rounds(SolverSettings.DEFAULT.heuristicOnly());
    double[] gaps =
        rounds.stream()
            .filter(round -> round.optimum.exists())
            .mapToDouble(round -> round.given instanceof Planned ? round.gap() : 1)
            .sorted()
            .toArray();
    for (Round round : rounds) {
      if (round.given instanceof Planned plans) {
        assertThat(plans.best().score().valuePerSecond())
            .as("round %d", round.number)
            .isLessThanOrEqualTo(round.optimum.value() * (1 + 1e-6) + 1e-9);
      }
    }
    long missed =
        rounds.stream().filter(r -> r.optimum.exists() && r.given instanceof Infeasible).count();
    System.out.printf(
        "heuristic: gap median %.4f, p95 %.4f, p99 %.4f, mean %.4f, %d of %d at the optimum, %d feasible missed%n",
        gaps[gaps.length / 2],
        gaps[gaps.length * 95 / 100],
        gaps[gaps.length * 99 / 100],
        Arrays.stream(gaps).average().orElseThrow(),
        Arrays.stream(gaps).filter(gap -> gap < 1e-6).count(),
        gaps.length,
        missed);
    assertThat(gaps[gaps.length / 2]).isLessThan(1e-6);
    assertThat(gaps[gaps.length * 95 / 100]).isLessThan(0.1);
    assertThat(missed).isLessThan(6);
  }
}
