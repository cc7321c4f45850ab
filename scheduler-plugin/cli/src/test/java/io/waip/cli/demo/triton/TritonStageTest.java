package io.waip.cli.demo.triton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Objective;
import io.waip.cli.demo.RealModels;
import io.waip.cli.demo.load.Arm;
import io.waip.cli.demo.load.ArmFigures;
import io.waip.cli.demo.load.ArmRunner;
import io.waip.cli.demo.load.Loads;
import io.waip.cli.demo.load.TextLoad;
import io.waip.cli.runtime.Cancellation;
import io.waip.onnxruntime.SlotModel;
import io.waip.replay.dynamic.DynamicBatcherSettings;
import io.waip.replay.dynamic.QueuePolicy;
import io.waip.replay.dynamic.ShapeRule;
import io.waip.triton.embedded.EmbeddedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the real models inside Triton's real core for a moment, under a load they bear easily. */
@SuppressWarnings("NullAway.Init") // opened before the tests, where there can be a server
class TritonStageTest {
  private static final Objective OBJECTIVE = Objective.interactive(Duration.ofSeconds(20));
  private static final LatencyModel CURVE =
      (variant, batch, length) -> 200_000L * (10 + (long) batch * length);

  private static Map<String, SlotModel> models;
  private static TritonStage stage;

  @BeforeAll
  static void start() throws InterruptedException {
    assumeTrue(
        EmbeddedServer.obstacle().isEmpty(),
        () -> "no embedded Triton here: " + EmbeddedServer.obstacle().orElse(""));
    models = RealModels.forDirectMode();
    List<CostPoint> points = new ArrayList<>();
    for (int variant = 0; variant < 2; variant++) {
      for (int batch = 1; batch <= 64; batch *= 2) {
        for (int length = 4; length <= 64; length *= 2) {
          points.add(
              new CostPoint(variant, batch, length, CURVE.medianNanos(variant, batch, length), 3));
        }
      }
    }
    stage =
        TritonStage.start(
            new TritonStage.Equipment(
                RealModels.both().variants(), models, points, OBJECTIVE, 1, line -> {}));
  }

  @AfterAll
  static void stop() {
    if (stage != null) {
      stage.close();
      models.values().forEach(SlotModel::close);
    }
  }

  private static ArmFigures run(Arm.Opener opener, TextLoad load) throws InterruptedException {
    return new ArmRunner(CURVE, new Cancellation())
        .run(new Arm("arm", "arm", opener), Loads.even(0.5, 100, 4), load, log -> {})
        .figures();
  }

  private static void requireAllAnswered(ArmFigures figures) {
    assertThat(figures.isSound()).isTrue();
    assertThat(figures.requests()).isEqualTo(20);
    // Not late(): the machine may be slow, and nobody here cares.
    assertThat(figures.shed() + figures.unfinished()).isZero();
    assertThat(figures.meanBatch()).isGreaterThanOrEqualTo(1);
  }

  @Test
  void thePlannerAnswersEveryRequestOnceAndNoneGoesPastIt() throws InterruptedException {
    ArmFigures figures = run(stage.planner(false), Loads.even(0.5, 500, 20));
    requireAllAnswered(figures);
    assertThat(figures.forwarded()).isZero();
  }

  @Test
  void withdrawingMoreAtOnceThanARingHoldsDoesNotLoseThePlanner() throws InterruptedException {
    ArmFigures figures = run(stage.planner(false), Loads.even(0, 500, 6_000));
    assertThat(figures.unfinished()).isGreaterThan(4_096);
    assertThat(figures.isSound()).isTrue();
    assertThat(run(stage.planner(false), Loads.even(0.5, 500, 20)).forwarded()).isZero();
  }

  @Test
  void thePlannerKeepsToTheReferenceWhereItMustDo() throws InterruptedException {
    ArmFigures figures = run(stage.planner(true), Loads.even(0.5, 500, 20));
    requireAllAnswered(figures);
    assertThat(figures.variantShare()).containsEntry("minilm_fp32", 1.0);
  }

  @Test
  void stockTritonAnswersOnTheReferenceWithoutPadding() throws InterruptedException {
    ArmFigures figures = run(stage.stock(), Loads.even(1, 500, 20));
    requireAllAnswered(figures);
    assertThat(figures.variantShare()).containsEntry("minilm_fp32", 1.0);
    assertThat(figures.paddingShare()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void tritonsBatcherTakesUnequalLengthsInEachWay(ShapeRule shapes) throws InterruptedException {
    DynamicBatcherSettings settings = DynamicBatcherSettings.of(1, 8, 2_000_000, shapes);
    ArmFigures figures = run(stage.batcher(settings), Loads.even(1, 1000, 20));
    requireAllAnswered(figures);
    assertThat(figures.variantShare()).containsEntry("minilm_int8", 1.0);
    switch (shapes) {
      case EQUAL -> assertThat(figures.paddingShare()).isZero();
      // Texts of 3 to 20 tokens are padded to 64.
      case PADDED_TO_MAX -> assertThat(figures.paddingShare()).isGreaterThan(0.5);
      case RAGGED -> assertThat(figures.paddingShare()).isBetween(0.0, 0.9);
    }
  }

  @Test
  void tritonsBatcherRunsOneQueueWithoutPriorityLevels() throws InterruptedException {
    DynamicBatcherSettings one =
        DynamicBatcherSettings.of(0, 4, 0, ShapeRule.RAGGED).withOneQueue(new QueuePolicy(0, 512));
    requireAllAnswered(run(stage.batcher(one), Loads.even(0.5, 1000, 20)));
  }

  @Test
  void theVersionIsTheCores() {
    assertThat(stage.tritonVersion()).matches("2\\.\\d+\\.\\d+.*");
  }
}
