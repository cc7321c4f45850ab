package io.waip.cli.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.scheduler.plan.apply.PlanStep;
import io.waip.scheduler.plan.apply.PlanStep.Kind;
import io.waip.triton.PlanningSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControlLoopTest {
  private static final int FP32 = 0;
  private static final int INT8 = 1;

  /** fp32 serves 250 of these a second at most, int8 800. */
  private int rate = 500;

  private final World world = new World();
  private final List<SeenWindow> windows = new ArrayList<>();

  private List<ControlStep> run(ControlLoop loop, ControlPlan first, int count) {
    List<ControlStep> steps = new ArrayList<>();
    ControlPlan usual = first;
    ControlPlan trial = first;
    double share = 0;
    for (int i = 0; i < count; i++) {
      SeenWindow window = world.serve(loop, usual, trial, share, rate);
      windows.add(window);
      ControlStep step = loop.windowEnded(window);
      steps.add(step);
      usual = step.step().usual();
      trial = step.step().trial();
      share = step.step().trialShare();
    }
    return steps;
  }

  private static List<Kind> kinds(List<ControlStep> steps) {
    return steps.stream().map(ControlStep::step).map(PlanStep::kind).toList();
  }

  private static double share(ControlPlan plan, int variant) {
    return plan.services().getFirst().limits().variant(variant).maxShare();
  }

  @Test
  void leavesABadPlanByCanaryAndStaysWithTheGoodOne() {
    ControlPlan bad = World.only(FP32);
    ControlLoop loop = new ControlLoop(World.setting(World.spec(1, 1)), bad);
    List<ControlStep> steps = run(loop, bad, 8);
    assertThat(kinds(steps).subList(0, 2)).containsExactly(Kind.CANARY, Kind.CHANGE);
    assertThat(kinds(steps).subList(2, 8)).containsOnly(Kind.KEEP);
    assertThat(steps.getFirst().judged().usual().goodShare()).isLessThan(0.6);
    assertThat(steps.getLast().judged().usual().goodShare()).isGreaterThan(0.99);
    assertThat(share(loop.inForce(), INT8)).isEqualTo(1);
    assertThat(loop.proven()).isEqualTo(loop.inForce());
  }

  /**
   * More than int8 serves. The model calls fp32 eight times as fast as it is: it goes on trial, is
   * slower than what it was to take the place of, and is taken back.
   */
  @Test
  void takesBackWithinTwoWindowsWhatAWrongCostModelChose() {
    rate = 900;
    ControlPlan good = World.only(INT8);
    ControlLoop loop = new ControlLoop(World.setting(World.spec(0.125, 40)), good);
    List<ControlStep> steps = run(loop, good, 8);
    List<Kind> kinds = kinds(steps);
    int tried = kinds.indexOf(Kind.CANARY);
    int back = kinds.indexOf(Kind.ROLL_BACK);
    assertThat(tried).isNotNegative();
    assertThat(back - tried).as("%s", kinds).isBetween(1, 2);
    assertThat(share(loop.inForce(), INT8)).isEqualTo(1);
    assertThat(share(loop.inForce(), FP32)).isZero();
  }

  @Test
  void takesTheSameStepsWhenToldTheSameWindows() {
    PlanningSpec spec = World.spec(1, 1);
    ControlPlan bad = World.only(FP32);
    List<ControlStep> steps = run(new ControlLoop(World.setting(spec), bad), bad, 6);
    ControlLoop again = new ControlLoop(World.setting(spec), bad);
    List<ControlStep> repeated = windows.stream().map(again::windowEnded).toList();
    assertThat(repeated).isEqualTo(steps);
  }

  @Test
  void forecastsWhatItThenSees() {
    ControlPlan bad = World.only(FP32);
    ControlLoop loop = new ControlLoop(World.setting(World.spec(1, 1)), bad);
    ControlStep last = run(loop, bad, 8).getLast();
    assertThat(last.judged().usualForecast().goodShare())
        .isCloseTo(last.judged().usual().goodShare(), within(0.02));
  }

  /** All executions take three times as long: no plan helps, so none is tried for it. */
  @Test
  void doesNotBlameThePlanForAMachineThatBecameSlower() {
    ControlPlan good = World.only(INT8);
    ControlLoop loop = new ControlLoop(World.setting(World.spec(1, 1)), good);
    run(loop, good, 4);
    world.slower(3);
    ControlPlan before = loop.inForce();
    List<ControlStep> steps = run(loop, before, 6);
    assertThat(kinds(steps)).doesNotContain(Kind.ROLL_BACK);
    assertThat(share(loop.inForce(), INT8)).isEqualTo(1);
  }

  @Test
  void keepsThePlanInAWindowWithoutRequests() {
    ControlPlan good = World.only(INT8);
    ControlLoop loop = new ControlLoop(World.setting(World.spec(1, 1)), good);
    ControlStep step = loop.windowEnded(new SeenWindow(0, 1, List.of(), Map.of(), List.of()));
    assertThat(step.step().why()).isEqualTo("nothing arrived");
    assertThat(step.step().usual()).isEqualTo(good);
  }
}
