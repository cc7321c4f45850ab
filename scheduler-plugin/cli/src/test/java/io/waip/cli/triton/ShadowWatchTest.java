package io.waip.cli.triton;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyEstimate.Basis;
import io.waip.triton.SeenExecution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class ShadowWatchTest {
  private static final long MS = 1_000_000;

  private final List<String> log = new ArrayList<>();
  private final List<Runnable> tasks = new ArrayList<>();
  private long now = 1;

  /** Predicts 10 ms, at most 12 ms for 95 of 100. */
  private static final ShadowModel TEN_MS =
      new ShadowModel(
          "fp32",
          1,
          Path.of("new.model"),
          (subject, batch, length) ->
              new LatencyEstimate(
                  10e6, OptionalDouble.of(12e6), OptionalDouble.empty(), Basis.MEASURED),
          ModelFiles.subject("fp32", "", 0),
          0);

  private ShadowWatch watch(Executor executor) {
    return new ShadowWatch(List.of(TEN_MS), executor, log::add);
  }

  private void second(ShadowWatch watch, int executions) {
    for (int i = 0; i < executions; i++) {
      // Planned with 11 ms, took 10 ms or, one of ten, 13 ms.
      SeenExecution seen = SeenExecution.of(1, 4, 16, 11 * MS, (i % 10 == 0 ? 13 : 10) * MS);
      watch.executed(seen);
    }
    now += 1_000_000_000L;
    watch.advanced(now);
  }

  @Test
  void saysAtTheEndHowFarBothModelsWereOff() {
    ShadowWatch watch = watch(Runnable::run);
    second(watch, 200);
    assertThat(log).isEmpty();
    watch.ended();
    assertThat(log)
        .singleElement()
        .asString()
        .contains("shadow of 'fp32' (new.model): executions=200 unknown=0 left_out=0")
        // 0.9 · 10 % + 0.1 · 15.4 % against 0.1 · 23.1 %.
        .contains("planned_error=10.54% shadow_error=2.31%")
        .contains("cover_p95=0.900 width_p95=0.200 cover_p99=-", "verdict=shadow_nearer");
  }

  @Test
  void saysItEveryTenMinutes() {
    ShadowWatch watch = watch(Runnable::run);
    for (int second = 0; second < 1250; second++) {
      second(watch, 1);
    }
    assertThat(log).hasSize(2);
  }

  @Test
  void predictsOnTheOtherThreadOnly() {
    ShadowWatch watch = watch(tasks::add);
    second(watch, 10);
    watch.ended();
    assertThat(log).isEmpty();
    assertThat(tasks).hasSize(2);
    tasks.forEach(Runnable::run);
    assertThat(log).singleElement().asString().contains("executions=10 ");
  }

  @Test
  void whatIsTooMuchIsLeftOutAndCounted() {
    ShadowWatch watch = watch(Runnable::run);
    second(watch, ShadowWatch.MOST_AT_ONCE + 5);
    watch.ended();
    assertThat(log.getFirst()).contains("executions=2000 unknown=0 left_out=5");
  }

  @Test
  void whatTheOtherThreadRefusesIsCounted() {
    int[] handed = {0};
    ShadowWatch watch =
        watch(task -> {
          if (handed[0]++ == 0) {
            throw new RejectedExecutionException();
          }
          task.run();
        });
    second(watch, 30);
    second(watch, 20);
    watch.ended();
    assertThat(log.getFirst()).contains("executions=20 unknown=0 left_out=30");
  }

  @Test
  void executionsOfOtherVariantsAreNotItsOwn() {
    ShadowWatch watch = watch(Runnable::run);
    watch.executed(SeenExecution.of(0, 4, 16, 11 * MS, 10 * MS));
    watch.ended();
    assertThat(log).singleElement().asString().contains("executions=0").doesNotContain("verdict");
  }

  @Test
  void aModelThatThrowsIsSaidToAndComparedNoMore() {
    ShadowModel throwing =
        new ShadowModel(
            "fp32",
            1,
            Path.of("new.model"),
            (subject, batch, length) -> {
              throw new IllegalStateException("no such\n batch");
            },
            ModelFiles.subject("fp32", "", 0),
            0);
    ShadowWatch watch = new ShadowWatch(List.of(throwing), Runnable::run, log::add);
    second(watch, 3);
    second(watch, 3);
    watch.ended();
    assertThat(log)
        .containsExactly(
            "planner: the cost model in shadow failed and goes on no more; planning does:"
                + " IllegalStateException: no such batch");
  }
}
