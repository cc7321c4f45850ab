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

import io.waip.api.plan.PlacementOption;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.ServiceDemand;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanSearchTest {
  private static final PlacementOption FP32 = option("embed", "fp32", "l4", 1);
  private static final PlacementOption INT8 = option("embed", "int8", "l4", 0.97);

  private static PlanChoice.Chosen found(PlanningProblem problem, JudgedWindow window) {
    return (PlanChoice.Chosen) new PlanSearch(PlanSearch.Effort.DEFAULT).find(problem, window);
  }

  private static int devices(PlanChoice.Chosen found) {
    return found.best().judged().plan().totals().devices();
  }

  /** The mean rate needs 3 devices of 1,081 per second; bursts of CV 6 need more. */
  @Test
  void leavesRoomForBursts() {
    List<ServiceDemand> demands = List.of(demand("embed", 2_500, 0));
    PlanningProblem problem = problem(demands, List.of(device("l4", 12, 1)), List.of(FP32));
    PlanChoice.Chosen smooth = found(problem, window(demands, "poisson", 10_000));
    JudgedWindow bursty = window(demands, "gamma:cv=6", 10_000);
    PlanChoice.Chosen rough = found(problem, bursty);
    assertThat(devices(smooth)).isEqualTo(3);
    assertThat(smooth.best().judged().servicesBelow()).isZero();
    assertThat(rough.best().judged().servicesBelow()).isZero();
    assertThat(devices(rough)).isGreaterThan(3);
    assertThat(devices(rough)).isLessThanOrEqualTo(fewestThatSuffice(problem, bursty) + 1);
  }

  private static int fewestThatSuffice(PlanningProblem problem, JudgedWindow window) {
    PlacementJudge judge = new PlacementJudge(problem, window);
    int devices = 1;
    while (judge.judge(plan(group(devices, FP32))).servicesBelow() > 0) {
      devices++;
    }
    return devices;
  }

  /** int8 halves the devices where the floor lets it serve alone. */
  @Test
  void takesTheCheaperVariantWhereTheFloorAllows() {
    List<ServiceDemand> free = List.of(demand("embed", 2_500, 0));
    List<ServiceDemand> strict = List.of(demand("embed", 2_500, 0.985));
    PlanChoice.Chosen cheap =
        found(
            problem(free, List.of(device("l4", 12, 1)), List.of(FP32, INT8)),
            window(free, "poisson", 10_000));
    PlanChoice.Chosen mixed =
        found(
            problem(strict, List.of(device("l4", 12, 1)), List.of(FP32, INT8)),
            window(strict, "poisson", 10_000));
    assertThat(devices(cheap)).isEqualTo(2);
    assertThat(devices(mixed)).isGreaterThan(devices(cheap));
    assertThat(mixed.best().judged().service("embed").answers().meanQuality())
        .isGreaterThanOrEqualTo(0.985);
  }

  /**
   * More than there are devices for: the best plan uses both and serves the 2,162 per second that
   * they can, and for 50 ms of the 2 s longer than requests come.
   */
  @Test
  void servesTheMostUnderOverload() {
    List<ServiceDemand> demands = List.of(demand("embed", 5_000, 0));
    PlanningProblem problem = problem(demands, List.of(device("l4", 2, 1)), List.of(FP32));
    PlanChoice.Chosen found = found(problem, window(demands, "poisson", 10_000));
    assertThat(devices(found)).isEqualTo(2);
    assertThat(found.best().judged().servicesBelow()).isEqualTo(1);
    assertThat(found.best().judged().goodPerSecond()).isBetween(1_900.0, 2_216.0);
  }

  @Test
  void tellsPromisesThatCannotBeKept() {
    ServiceDemand promise = demand("embed", 5_000, 0).withPromise(4_000);
    PlanningProblem problem = problem(List.of(promise), List.of(device("l4", 2, 1)), List.of(FP32));
    PlanChoice found =
        new PlanSearch(PlanSearch.Effort.DEFAULT)
            .find(problem, window(List.of(promise), "poisson", 1_000));
    assertThat(((PlanChoice.None) found).why().contradiction()).isNotEmpty();
  }

  @Test
  void refusesHeadroomsThatDoNotAscend() {
    assertThatThrownBy(() -> new PlanSearch.Effort(List.of(2.0, 1.0), 1))
        .hasMessageContaining("ascending");
    assertThatThrownBy(() -> new PlanSearch.Effort(List.of(), 1))
        .hasMessageContaining("at least one");
  }
}
