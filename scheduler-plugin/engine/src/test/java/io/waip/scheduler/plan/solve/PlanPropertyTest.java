package io.waip.scheduler.plan.solve;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.plan.DeviceSupply;
import io.waip.api.plan.PlacementPlan;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.PlanningResult;
import io.waip.api.plan.PlanningResult.Planned;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** What holds for every plan of every problem, and that the problems reach every case. */
class PlanPropertyTest {
  private static final PlacementSolver SOLVER = new PlacementSolver(SolverSettings.DEFAULT);
  private static final PlacementSolver HEURISTIC =
      new PlacementSolver(SolverSettings.DEFAULT.heuristicOnly());
  private static final TreeMap<String, Integer> REACHED = new TreeMap<>();

  private static void reached(boolean is, String what) {
    REACHED.merge(what, is ? 1 : 0, Integer::sum);
  }

  /** Limits of rounding: a plan may come within this of a bound, never above it. */
  @Property(tries = 400, seed = "5")
  void noCandidateBreaksAnything(@ForAll long seed) {
    PlanningProblem problem = Problems.small(new Random(seed));
    for (PlacementSolver solver : List.of(SOLVER, HEURISTIC)) {
      PlanningResult result = solver.solve(problem);
      reached(!(result instanceof Planned), "contradiction");
      if (result instanceof Planned planned) {
        for (PlacementPlan plan : planned.candidates()) {
          assertThat(PlanCheck.violations(problem, plan)).isEmpty();
          note(problem, plan);
        }
        assertThat(planned.candidates())
            .isSortedAccordingTo((a, b) -> b.score().compareTo(a.score()));
        assertThat(planned.best().score().valuePerSecond())
            .isLessThanOrEqualTo(planned.valueBoundPerSecond() * (1 + 1e-6) + 1e-9);
      }
    }
  }

  private static void note(PlanningProblem problem, PlacementPlan plan) {
    reached(plan.groups().isEmpty(), "nothing served");
    reached(plan.groups().stream().anyMatch(g -> g.shares().size() > 1), "shared device");
    reached(plan.groups().stream().anyMatch(g -> g.devicesPerGang() > 1), "gang of two");
    reached(plan.groups().stream().anyMatch(g -> g.gangs() > 1), "like devices");
    reached(plan.services().stream().anyMatch(s -> s.fractionByVariant().size() > 1), "mixture");
    reached(problem.options().stream().anyMatch(o -> !o.permitted()), "rule");
    problem
        .limits()
        .moneyPerHour()
        .ifPresent(m -> reached(plan.totals().moneyPerHour().value() > 0.8 * m, "money used up"));
    problem
        .limits()
        .watts()
        .ifPresent(w -> reached(plan.totals().watts().value() > 0.99 * w, "watts used up"));
    for (var service : problem.services()) {
      double served = plan.service(service.name()).servedPerSecond();
      reached(served < 0.99 * service.ratePerSecond(), "overload");
      reached(plan.service(service.name()).ceilingPerSecond() > served * 1.01, "room to grow");
    }
  }

  @Property(tries = 200, seed = "5")
  void theOrderOfTheListsChangesNothing(@ForAll long seed) {
    PlanningProblem problem = Problems.small(new Random(seed));
    Random random = new Random(seed + 1);
    PlanningProblem shuffled =
        new PlanningProblem(
            shuffled(problem.services(), random),
            shuffled(problem.devices(), random),
            shuffled(problem.options(), random),
            problem.limits(),
            problem.preference());
    assertThat(SOLVER.solve(shuffled)).isEqualTo(SOLVER.solve(problem));
    assertThat(HEURISTIC.solve(shuffled)).isEqualTo(HEURISTIC.solve(problem));
  }

  private static <T> List<T> shuffled(List<T> list, Random random) {
    List<T> copy = new ArrayList<>(list);
    Collections.shuffle(copy, random);
    return copy;
  }

  @Property(tries = 200, seed = "5")
  void moreDevicesNeverServeLess(@ForAll long seed) {
    PlanningProblem problem = Problems.small(new Random(seed));
    List<DeviceSupply> more = new ArrayList<>(problem.devices());
    more.set(0, more.getFirst().withCount(more.getFirst().count() + 1));
    if (SOLVER.solve(problem) instanceof Planned planned) {
      PlanningResult larger = SOLVER.solve(problem.withDevices(more));
      assertThat(larger).isInstanceOf(Planned.class);
      assertThat(((Planned) larger).best().score().valuePerSecond())
          .isGreaterThanOrEqualTo(planned.best().score().valuePerSecond() * (1 - 1e-7));
    }
  }

  @AfterContainer
  static void everyCaseWasReached() {
    System.out.println("cases reached: " + REACHED);
    assertThat(REACHED.values()).allMatch(count -> count > 0);
    assertThat(REACHED).hasSize(11);
  }
}
