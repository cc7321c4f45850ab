package io.waip.cli.demo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Objective;
import io.waip.api.plan.Plan;
import io.waip.cli.demo.RealModels;
import io.waip.cli.runtime.Cancellation;
import io.waip.onnxruntime.LoadedModels;
import io.waip.onnxruntime.SchedulerFactory;
import io.waip.replay.dynamic.DynamicBatcher;
import io.waip.replay.dynamic.DynamicBatcherSettings;
import io.waip.replay.dynamic.ShapeRule;
import io.waip.scheduler.runtime.Engine;
import io.waip.scheduler.runtime.EngineSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Runs the real models for a moment under a load they bear easily. */
class ArmRunnerTest {
  private static final LoadedModels MODELS = RealModels.both();
  private static final LatencyModel CURVE =
      (variant, batch, length) -> 200_000L * (10 + (long) batch * length);
  private static final Objective OBJECTIVE = Objective.interactive(Duration.ofSeconds(20));

  private final Cancellation cancellation = new Cancellation();

  private ArmRun run(SchedulerFactory scheduler, TextLoad load) throws InterruptedException {
    return new ArmRunner(CURVE, OBJECTIVE, 1, cancellation)
        .run(new Arm("arm", "arm", MODELS, scheduler), Loads.even(0.5, 100, 4), load, log -> {});
  }

  private static SchedulerFactory engine() {
    return (deployment, model) ->
        new Engine(deployment, model, Plan.defaults(deployment), EngineSettings.DEFAULT);
  }

  private static SchedulerFactory batcher() {
    return (deployment, model) ->
        new DynamicBatcher(deployment, DynamicBatcherSettings.of(1, 8, 0, ShapeRule.PADDED));
  }

  @Test
  void thePlannerAnswersEveryRequestOnce() throws InterruptedException {
    ArmFigures figures = run(engine(), Loads.even(1, 500, 20)).figures();
    assertThat(figures.isSound()).isTrue();
    assertThat(figures.requests()).isEqualTo(20);
    assertThat(figures.shed() + figures.unfinished()).isZero();
  }

  @Test
  void theBaselineAnswersOnItsVariant() throws InterruptedException {
    ArmFigures figures = run(batcher(), Loads.even(1, 500, 20)).figures();
    assertThat(figures.isSound()).isTrue();
    assertThat(figures.variantShare()).containsEntry("minilm_int8", 1.0);
  }

  @Test
  void aSignalStopsTheLoadAndLeavesNothingUnaccounted() throws InterruptedException {
    TextLoad load = Loads.even(0.5, 600_000, 60_000);
    ArmRun run =
        new ArmRunner(CURVE, OBJECTIVE, 1, cancellation)
            .run(
                new Arm("arm", "arm", MODELS, engine()),
                Loads.even(0.5, 100, 4),
                load,
                log -> cancellation.request());
    ArmFigures figures = run.figures();
    assertThat(figures.requests()).isLessThan(1000);
    assertThat(figures.lost()).isZero();
    assertThat(figures.duplicated()).isZero();
  }
}
