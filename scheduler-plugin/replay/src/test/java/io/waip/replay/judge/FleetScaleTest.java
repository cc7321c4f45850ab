package io.waip.replay.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.plan.DeviceSupply;
import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.PlanningResult;
import io.waip.api.plan.ServiceDemand;
import io.waip.scheduler.plan.solve.PlacementSolver;
import io.waip.scheduler.plan.solve.SolverSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** 50 services of 4 variants on 8 kinds of devices, 125 of each. */
class FleetScaleTest {
  private static final int SERVICES = 50;
  private static final int KINDS = 8;
  private static final int REQUESTS = 500_000;

  private static PlanningProblem fleet() {
    List<ServiceDemand> demands = new ArrayList<>();
    List<DeviceSupply> devices = new ArrayList<>();
    List<PlacementOption> options = new ArrayList<>();
    for (int d = 0; d < KINDS; d++) {
      devices.add(Scene.device("d" + d, 125, 1 + 0.1 * d));
    }
    for (int s = 0; s < SERVICES; s++) {
      demands.add(Scene.demand("s" + s, 6_500 + 1_080 * s, s % 2 == 0 ? 0.985 : 0));
      for (int d = 0; d < KINDS; d++) {
        options.add(Scene.option("s" + s, "fp32", "d" + d, 1));
        options.add(Scene.option("s" + s, "fp16", "d" + d, 0.999));
        options.add(Scene.option("s" + s, "int8", "d" + d, 0.97));
        options.add(Scene.option("s" + s, "int4", "d" + d, 0.9));
      }
    }
    return Scene.problem(demands, devices, options);
  }

  /** What is asked for fits the devices with some room, so that almost all is served in time. */
  @Test
  void placesAndJudgesAThousandDevices() {
    PlanningProblem problem = fleet();
    JudgedWindow window = Scene.window(problem.services(), "poisson", REQUESTS);
    PlacementSolver solver = new PlacementSolver(SolverSettings.DEFAULT);
    PlanningResult.Planned planned = (PlanningResult.Planned) solver.solve(problem);
    long before = System.nanoTime();
    JudgedPlan judged = new PlacementJudge(problem, window).judge(planned.best());
    double seconds = (System.nanoTime() - before) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "figures: %d services, %d options, %d of 1000 devices used, %d cells; %d requests judged in"
            + " %.2f s, %.4f in time, %d services below their objective%n",
        SERVICES,
        problem.options().size(),
        planned.best().totals().devices(),
        Cells.of(planned.best().groups()).size(),
        REQUESTS,
        seconds,
        judged.goodPerSecond() / window.workload().offeredPerSecond(),
        judged.servicesBelow());
    assertThat(judged.goodPerSecond()).isGreaterThan(0.9 * window.workload().offeredPerSecond());
    assertThat(planned.best().totals().devices()).isGreaterThan(900);
    assertThat(seconds).as("the bar, ten times what it takes").isLessThan(10);
  }
}
