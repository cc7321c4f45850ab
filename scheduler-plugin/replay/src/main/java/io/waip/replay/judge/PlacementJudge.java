package io.waip.replay.judge;

import io.waip.api.deployment.Service;
import io.waip.api.plan.PlacementPlan;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.ServicePlan;
import io.waip.replay.Noise;
import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.collections.IntArrayList;

/**
 * Judges plans by running the engine over a window of requests in virtual time.
 *
 * <p>Devices that share a queue form a cell with an engine of its own; a plan of more devices than
 * one engine holds is judged as several cells between which requests are divided in proportion to
 * what is planned. Deterministic for a window and its seed. Single thread.
 */
public final class PlacementJudge {
  private final PlanningProblem problem;
  private final JudgedWindow window;
  private final List<Integer> longest;

  /**
   * Prepares to judge plans of a problem.
   *
   * @throws IllegalArgumentException if the window has a service that the problem does not know
   */
  public PlacementJudge(PlanningProblem problem, JudgedWindow window) {
    this.problem = problem;
    this.window = window;
    Workload workload = window.workload();
    longest = IntStream.range(0, window.services().size()).mapToObj(workload::longest).toList();
    window.services().forEach(service -> problem.service(service.name()));
  }

  /** Runs the window on a plan. */
  public JudgedPlan judge(PlacementPlan plan) {
    return judge(plan, parameters());
  }

  /** Returns the parameters that {@link #judge(PlacementPlan)} gives every service. */
  public ServicePlan parameters() {
    return parameters(window.noise());
  }

  /** Returns the parameters that plans are judged with under a noise, without limits and edges. */
  public static ServicePlan parameters(Noise noise) {
    return ServicePlan.DEFAULT.toBuilder().latencyMargin(noise.latencyMargin()).build();
  }

  /**
   * Runs the window on a plan.
   *
   * @param parameters of every service; bucket edges and limits come from the plan
   */
  public JudgedPlan judge(PlacementPlan plan, ServicePlan parameters) {
    List<Cell> cells = Cells.of(plan.groups());
    JudgeTally tally = new JudgeTally(window);
    List<IntArrayList> requests = divided(cells, tally);
    CellPlan.Setting setting =
        new CellPlan.Setting(window.services(), longest, window.tenants(), parameters);
    for (int c = 0; c < cells.size(); c++) {
      if (!requests.get(c).isEmpty()) {
        CellPlan cell = CellPlan.of(cells.get(c), setting);
        new CellRun(window, cell, requests.get(c).toIntArray(), tally)
            .run(window.noise().seed() + c);
      }
    }
    List<JudgedService> services = tally.services();
    return new JudgedPlan(plan, services, below(services), value(services), tally.busyDevices());
  }

  private List<IntArrayList> divided(List<Cell> cells, JudgeTally tally) {
    List<String> names = window.services().stream().map(Service::name).toList();
    RequestDivision division = new RequestDivision(cells, names);
    List<IntArrayList> requests = new ArrayList<>();
    cells.forEach(cell -> requests.add(new IntArrayList()));
    Workload workload = window.workload();
    for (int i = 0; i < workload.size(); i++) {
      int service = workload.service(i);
      tally.offered(service);
      int cell = division.next(service);
      if (cell != RequestDivision.NOWHERE) {
        requests.get(cell).addInt(i);
      }
    }
    return requests;
  }

  private int below(List<JudgedService> services) {
    int below = 0;
    for (int s = 0; s < services.size(); s++) {
      double least = window.services().get(s).objective().percentile() / 100;
      below += services.get(s).attainment() < least ? 1 : 0;
    }
    return below;
  }

  private double value(List<JudgedService> services) {
    double value = 0;
    for (JudgedService service : services) {
      value += service.goodPerSecond() * problem.service(service.service()).valuePerRequest();
    }
    return value;
  }
}
