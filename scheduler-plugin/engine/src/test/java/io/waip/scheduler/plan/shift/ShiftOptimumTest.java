package io.waip.scheduler.plan.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.scheduler.plan.shift.ShiftProblem.Aim;
import io.waip.scheduler.plan.solve.TinySimplex;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShiftOptimumTest {
  private static final int PROBLEMS = 500;

  private static double money(ShiftPlan plan) {
    return plan.shifted().money().value();
  }

  @Test
  void interruptibleJobsCostTheLeastThatAnyWayCosts() {
    int possible = 0;
    int cheaper = 0;
    for (long seed = 0; seed < PROBLEMS; seed++) {
      ShiftProblem problem = Shifts.random(seed, false);
      double least = EveryWay.least(problem);
      ShiftPlan plan = Shifter.plan(problem);

      assertThat(plan.undone().isEmpty()).as("seed %d", seed).isEqualTo(least < Double.MAX_VALUE);
      if (plan.undone().isEmpty()) {
        possible++;
        assertThat(plan.isProven()).isTrue();
        assertThat(money(plan)).as("seed %d", seed).isCloseTo(least, within(1e-4));
        cheaper += money(plan) < plan.atOnce().money().value() - 1e-4 ? 1 : 0;
      }
    }
    assertThat(possible).as("problems with a plan").isGreaterThan(100);
    assertThat(PROBLEMS - possible).as("problems without").isGreaterThan(100);
    assertThat(cheaper).as("plans that save").isGreaterThan(50);
    System.out.printf("interruptible: %d possible, %d save%n", possible, cheaper);
  }

  @Test
  void jobsInOneGoAreNeverCheaperThanTheLeastAndMostlyAtIt() {
    int possible = 0;
    int found = 0;
    int least = 0;
    double worst = 0;
    for (long seed = 0; seed < PROBLEMS; seed++) {
      ShiftProblem problem = Shifts.random(seed, true);
      double optimum = EveryWay.least(problem);
      ShiftPlan plan = Shifter.plan(problem);

      if (optimum == Double.POSITIVE_INFINITY) {
        assertThat(plan.undone()).as("seed %d", seed).isNotEmpty();
        continue;
      }
      possible++;
      if (plan.undone().isEmpty()) {
        found++;
        assertThat(money(plan)).as("seed %d", seed).isGreaterThan(optimum - 1e-4);
        least += money(plan) < optimum + 1e-4 ? 1 : 0;
        worst = Math.max(worst, money(plan) / Math.max(1, optimum) - 1);
      }
    }
    System.out.printf(
        "in one go: %d possible, %d found, %d at the least, worst %.3f above%n",
        possible, found, least, worst);
    assertThat(possible).isGreaterThan(100);
    assertThat(found).isGreaterThan(possible * 98 / 100);
    assertThat(least).isGreaterThan(possible * 98 / 100);
  }

  /** Two pools of different speed, jobs of different watts and a cap: fractions matter. */
  @Test
  void severalPoolsUnderACapCostWhatAnotherSimplexFinds() {
    int possible = 0;
    int impossible = 0;
    for (long seed = 0; seed < 300; seed++) {
      ShiftProblem problem = capped(seed);
      OptionalDouble least = SecondBySecond.least(problem);
      ShiftPlan plan = Shifter.plan(problem);

      assertThat(plan.undone().isEmpty()).as("seed %d", seed).isEqualTo(least.isPresent());
      if (least.isPresent()) {
        possible++;
        assertThat(money(plan)).as("seed %d", seed).isCloseTo(least.getAsDouble(), within(1e-4));
      } else {
        impossible++;
      }
    }
    System.out.printf("two pools: %d possible, %d not%n", possible, impossible);
    assertThat(possible).isGreaterThan(75);
    assertThat(impossible).isGreaterThan(30);
  }

  private static ShiftProblem capped(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<DevicePool> pools = List.of(Shifts.pool("a", 3, 1), Shifts.pool("b", 2, 2));
    List<ShiftSlot> slots = new ArrayList<>();
    for (int s = 0; s < 3; s++) {
      slots.add(
          new ShiftSlot(
              2L * s,
              2L * s + 2,
              List.of(
                  new ShiftSlot.Supply(random.nextInt(4), Shifts.terms(random.nextInt(10))),
                  new ShiftSlot.Supply(random.nextInt(3), Shifts.terms(random.nextInt(10))))));
    }
    List<DeferrableJob> jobs = new ArrayList<>();
    for (int j = 0; j < 1 + random.nextInt(3); j++) {
      int release = random.nextInt(3);
      jobs.add(
          new DeferrableJob(
              "j" + j,
              release,
              Math.min(6, release + 2 + random.nextInt(4)),
              1 + 3 * random.nextDouble(),
              true,
              1 + random.nextInt(2),
              random.nextBoolean() ? List.of("a", "b") : List.of("b"),
              OptionalDouble.of(Shifts.WATTS * (1 + random.nextInt(3)) / 2)));
    }
    double cap = Shifts.WATTS * (4 + 3 * random.nextDouble());
    return new ShiftProblem(jobs, pools, slots, OptionalDouble.of(cap), Aim.MONEY);
  }

  /** A plan that is a tenth dearer would be seen, as would one that does not keep its windows. */
  @Test
  void theComparisonSeesAPlanThatDoesAllAtOnce() {
    long dearer =
        IntStream.range(0, PROBLEMS)
            .mapToObj(seed -> Shifts.random(seed, false))
            .filter(problem -> EveryWay.least(problem) < Double.MAX_VALUE)
            .filter(problem ->
                Bill.of(problem, AtOnce.runs(problem)).money().value()
                    > EveryWay.least(problem) + 1e-6)
            .count();

    assertThat(dearer).isGreaterThan(50);
  }

  /** The linear program over every second, solved by a simplex that the planner does not use. */
  private static final class SecondBySecond {
    private record Cell(int job, int pool, int second) {}

    static OptionalDouble least(ShiftProblem problem) {
      List<Cell> cells = new ArrayList<>();
      for (int j = 0; j < problem.jobs().size(); j++) {
        DeferrableJob job = problem.jobs().get(j);
        for (int t = (int) job.releaseSeconds(); t < job.deadlineSeconds(); t++) {
          for (int p = 0; p < 2; p++) {
            if (job.pools().contains(problem.pools().get(p).name())) {
              cells.add(new Cell(j, p, t));
            }
          }
        }
      }
      double[] objective = new double[cells.size()];
      for (int c = 0; c < cells.size(); c++) {
        Cell cell = cells.get(c);
        double price =
            supply(problem, cell.second, cell.pool).terms().moneyPerKilowattHour().value();
        objective[c] = -price * watts(problem, cell) / Shifts.WATTS;
      }
      OptionalDouble most = TinySimplex.maximise(objective, rows(problem, cells));
      return most.isPresent() ? OptionalDouble.of(-most.getAsDouble()) : most;
    }

    private static double watts(ShiftProblem problem, Cell cell) {
      return problem.jobs().get(cell.job).watts().orElseThrow();
    }

    private static ShiftSlot.Supply supply(ShiftProblem problem, int second, int pool) {
      return problem.slots().get(second / 2).pools().get(pool);
    }

    private static List<double[]> rows(ShiftProblem problem, List<Cell> cells) {
      List<double[]> rows = new ArrayList<>();
      for (int j = 0; j < problem.jobs().size(); j++) {
        int job = j;
        double[] row = row(cells, cell -> cell.job == job ? -(1 + cell.pool) : 0);
        row[cells.size()] = -problem.jobs().get(j).workSeconds();
        rows.add(row);
      }
      for (int second = 0; second < 6; second++) {
        int t = second;
        for (int pool = 0; pool < 2; pool++) {
          int p = pool;
          double[] row = row(cells, cell -> cell.second == t && cell.pool == p ? 1 : 0);
          row[cells.size()] = supply(problem, t, p).spareDevices();
          rows.add(row);
        }
        for (int j = 0; j < problem.jobs().size(); j++) {
          int job = j;
          double[] row = row(cells, cell -> cell.second == t && cell.job == job ? 1 : 0);
          row[cells.size()] = problem.jobs().get(j).devices();
          rows.add(row);
        }
        double[] row =
            row(cells, cell -> cell.second == t ? watts(problem, cell) / Shifts.WATTS : 0);
        double base =
            5 - supply(problem, t, 0).spareDevices() - supply(problem, t, 1).spareDevices();
        row[cells.size()] = Math.max(0, problem.wattsCap().orElseThrow() / Shifts.WATTS - base);
        rows.add(row);
      }
      return rows;
    }

    private static double[] row(
        List<Cell> cells, java.util.function.ToDoubleFunction<Cell> factor) {
      double[] row = new double[cells.size() + 1];
      for (int c = 0; c < cells.size(); c++) {
        row[c] = factor.applyAsDouble(cells.get(c));
      }
      return row;
    }
  }
}
