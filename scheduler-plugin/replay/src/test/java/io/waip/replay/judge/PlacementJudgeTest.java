package io.waip.replay.judge;

import static io.waip.replay.judge.Scene.demand;
import static io.waip.replay.judge.Scene.device;
import static io.waip.replay.judge.Scene.group;
import static io.waip.replay.judge.Scene.option;
import static io.waip.replay.judge.Scene.plan;
import static io.waip.replay.judge.Scene.problem;
import static io.waip.replay.judge.Scene.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.deployment.Tenant;
import io.waip.api.plan.DeviceGroup;
import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.ServiceDemand;
import io.waip.replay.Noise;
import io.waip.replay.PolicyRun;
import io.waip.replay.Replay;
import io.waip.replay.ReplaySpec;
import io.waip.replay.Traffic;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacementJudgeTest {
  private static final PlacementOption EMBED = option("embed", "fp32", "l4", 1);
  private static final PlacementOption CHEAP = option("embed", "int8", "l4", 0.97);
  private static final PlacementOption RERANK = option("rerank", "fp32", "l4", 1);

  private static JudgedPlan judged(
      List<ServiceDemand> demands, JudgedWindow window, DeviceGroup... groups) {
    List<PlacementOption> options =
        demands.size() == 1 ? List.of(EMBED, CHEAP) : List.of(EMBED, RERANK);
    PlanningProblem problem = problem(demands, List.of(device("l4", 200, 1)), options);
    return new PlacementJudge(problem, window).judge(plan(groups));
  }

  /** The judge is a replay: what {@code waip replay} says of the same requests it says too. */
  @Test
  void agreesWithAReplayOfTheSameRequests() {
    Noise noise = new Noise(0.05, 11);
    Replay replay =
        Replay.of(
            new ReplaySpec(
                Traffic.generated(ArrivalSpec.parse("gamma:cv=4"), 5_000, 0.9),
                Scene.SLO,
                CostSpec.parse("alpha=4ms,beta=0.8ms"),
                new WorkerPool(3, 1, Scene.BATCH),
                noise));
    PolicyRun run = replay.play(Policy.WAIP);
    List<ServiceDemand> demands = List.of(demand("embed", 100, 0));
    JudgedWindow window =
        new JudgedWindow(
            replay.workload(),
            List.of(Scene.service(demands.getFirst())),
            List.of(Tenant.unlimited("t")),
            (option, batch, length) -> Scene.nanos(option.variant(), batch),
            noise);
    JudgedService judged = judged(demands, window, group(3, EMBED)).services().getFirst();
    assertThat(judged.goodPerSecond()).isEqualTo(run.goodputPerSecond());
    assertThat(judged.answers().p99Millis()).isEqualTo(run.latencyMillis(99).orElseThrow());
    assertThat(judged.attainment()).isBetween(0.5, 0.999);
  }

  @Test
  void theSameWindowGivesTheSameVerdict() {
    List<ServiceDemand> demands = List.of(demand("embed", 1_500, 0));
    JudgedWindow window = window(demands, "gamma:cv=3", 3_000);
    assertThat(judged(demands, window, group(2, EMBED)))
        .isEqualTo(judged(demands, window, group(2, EMBED)));
  }

  /** 150 devices are three engines of 50; together they serve what 150 engines' worth should. */
  @Test
  void judgesMoreDevicesThanOneEngineHolds() {
    List<ServiceDemand> demands = List.of(demand("embed", 100_000, 0));
    JudgedWindow window = window(demands, "poisson", 60_000);
    JudgedService served = judged(demands, window, group(150, EMBED)).services().getFirst();
    assertThat(served.offeredPerSecond()).isCloseTo(100_000, within(1e-6));
    assertThat(served.attainment()).isGreaterThan(0.99);
  }

  /**
   * With a floor of 0.985 a variant of 0.97 beside one of 1 may answer half: a third of the time.
   */
  @Test
  void keepsTheMeanQualityThatThePlanPromises() {
    List<ServiceDemand> demands = List.of(demand("embed", 3_000, 0.985));
    JudgedWindow window = window(demands, "poisson", 20_000);
    DeviceGroup half =
        new DeviceGroup(
            "l4",
            2,
            1,
            List.of(new DeviceGroup.Share(EMBED, 2.0 / 3), new DeviceGroup.Share(CHEAP, 1.0 / 3)));
    JudgedService served = judged(demands, window, half).services().getFirst();
    assertThat(served.answers().meanQuality()).isBetween(0.985, 0.995);
    assertThat(served.answers().shareByVariant().get("int8")).isBetween(0.3, 0.5);
  }

  @Test
  void withoutAFloorTheFasterVariantServesMost() {
    List<ServiceDemand> demands = List.of(demand("embed", 3_000, 0));
    JudgedWindow window = window(demands, "poisson", 20_000);
    JudgedService served = judged(demands, window, group(2, EMBED, CHEAP)).services().getFirst();
    assertThat(served.answers().shareByVariant().get("int8")).isGreaterThan(0.5);
    assertThat(served.attainment()).isGreaterThan(0.95);
  }

  @Test
  void servicesThatShareADeviceShareItsTime() {
    List<ServiceDemand> demands = List.of(demand("embed", 300, 0), demand("rerank", 300, 0));
    JudgedWindow window = window(demands, "poisson", 6_000);
    JudgedPlan judged = judged(demands, window, group(1, EMBED, RERANK));
    assertThat(judged.servicesBelow()).isZero();
    assertThat(judged.busyDevices().get("l4")).isBetween(0.5, 1.0);
    assertThat(judged.valuePerSecond()).isCloseTo(judged.goodPerSecond(), within(1e-9));
  }

  @Test
  void aServiceWithoutDevicesLosesEverything() {
    List<ServiceDemand> demands = List.of(demand("embed", 300, 0), demand("rerank", 300, 0));
    JudgedWindow window = window(demands, "poisson", 1_000);
    JudgedPlan judged = judged(demands, window, group(1, EMBED));
    assertThat(judged.service("rerank").attainment()).isZero();
    assertThat(judged.service("rerank").answers().p99Millis()).isNaN();
    assertThat(judged.service("embed").attainment()).isGreaterThan(0.99);
    assertThat(judged.servicesBelow()).isEqualTo(1);
  }

  @Test
  void refusesAWindowOfAnUnknownService() {
    JudgedWindow window = window(List.of(demand("other", 300, 0)), "poisson", 100);
    assertThatThrownBy(() -> judged(List.of(demand("embed", 300, 0)), window, group(1, EMBED)))
        .hasMessageContaining("unknown service 'other'");
  }

  /** Every option and every gang is in exactly one cell, and every cell fits an engine. */
  @Test
  void dividesAnyPlanIntoCellsThatEnginesHold() {
    List<DeviceGroup> groups = new ArrayList<>();
    for (int s = 0; s < 80; s++) {
      groups.add(
          group(1 + 7 * s % 90, option("s" + s, "a", "l4", 1), option("s" + s, "b", "l4", 1)));
      groups.add(group(1, option("s" + s, "a", "l4", 1), option("s" + (s + 1), "a", "l4", 1)));
    }
    List<Cell> cells = Cells.of(groups);
    assertThat(cells)
        .allSatisfy(cell -> {
          assertThat(cell.options()).hasSizeBetween(1, 64);
          assertThat(gangs(cell.groups())).isBetween(1, 64);
        });
    assertThat(cells.stream().mapToInt(cell -> gangs(cell.groups())).sum())
        .isEqualTo(gangs(groups));
  }

  private static int gangs(List<DeviceGroup> groups) {
    return groups.stream().mapToInt(DeviceGroup::gangs).sum();
  }
}
