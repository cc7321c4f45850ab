package io.waip.cli.triton;

import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyEstimate.Basis;
import io.waip.replay.shadow.ModelErrors;
import io.waip.replay.shadow.PairedErrors;
import io.waip.replay.shadow.ShadowFigures;
import io.waip.triton.PlannerWatcher;
import io.waip.triton.SeenExecution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Lets cost models in shadow predict each execution beside what was planned with, and says from
 * time to time and at the end how far both were off. Decides nothing.
 *
 * <p>Called on the planner's thread, which only copies; predictions are made by an executor of one
 * thread. What that does not take, or exceeds {@value #MOST_AT_ONCE} executions a second, is left
 * out and counted. A model that throws is compared no more, which is said in one line.
 */
final class ShadowWatch implements PlannerWatcher {
  /** Time between two lines about one variant. */
  static final Duration PERIOD = Duration.ofMinutes(10);

  static final int MOST_AT_ONCE = 2000;

  private final Map<Integer, Beside> besides = new LinkedHashMap<>();
  private final Executor executor;
  private final Consumer<String> log;
  private List<Seen> seen = new ArrayList<>();
  private long leftOut;

  /** On the executor's thread alone. */
  private boolean hasFailed;

  private long toldNanos = Long.MIN_VALUE;

  private record Seen(int variant, int rows, int length, long planned, long measured) {}

  private record Beside(ShadowModel model, PairedErrors errors) {}

  /**
   * Prepares.
   *
   * @param executor runs tasks one after the other, or refuses them
   * @param log takes the lines, on the executor's thread
   */
  ShadowWatch(List<ShadowModel> models, Executor executor, Consumer<String> log) {
    models.forEach(model -> besides.put(model.index(), new Beside(model, new PairedErrors())));
    this.executor = executor;
    this.log = log;
  }

  @Override
  public void executed(SeenExecution execution) {
    if (besides.containsKey(execution.variant())) {
      if (seen.size() < MOST_AT_ONCE) {
        seen.add(
            new Seen(
                execution.variant(),
                execution.rows(),
                execution.length(),
                execution.predictedNanos(),
                execution.measuredNanos()));
      } else {
        leftOut++;
      }
    }
  }

  @Override
  public void advanced(long nowNanos) {
    if (toldNanos == Long.MIN_VALUE) {
      toldNanos = nowNanos;
    }
    boolean isDue = nowNanos - toldNanos >= PERIOD.toNanos();
    toldNanos = isDue ? nowNanos : toldNanos;
    handOver(isDue);
  }

  @Override
  public void ended() {
    handOver(true);
  }

  private void handOver(boolean report) {
    if (seen.isEmpty() && !report) {
      return;
    }
    List<Seen> handed = seen;
    long missed = leftOut;
    seen = new ArrayList<>();
    try {
      executor.execute(() -> compare(handed, report, missed));
    } catch (RejectedExecutionException e) {
      leftOut += handed.size();
    }
  }

  private void compare(List<Seen> handed, boolean report, long missed) {
    if (hasFailed) {
      return;
    }
    try {
      handed.forEach(this::compare);
      if (report) {
        besides.values().forEach(beside -> log.accept(line(beside, missed)));
      }
    } catch (RuntimeException | LinkageError e) {
      hasFailed = true;
      log.accept(FailOpenWatcher.failure("the cost model in shadow", e));
    }
  }

  private void compare(Seen execution) {
    Beside beside = besides.get(execution.variant());
    if (beside != null) {
      LatencyEstimate planned =
          new LatencyEstimate(
              execution.planned(), OptionalDouble.empty(), OptionalDouble.empty(), Basis.MEASURED);
      LatencyEstimate shadow = beside.model().predict(execution.rows(), execution.length());
      beside.errors().add(planned, shadow, execution.measured());
    }
  }

  private static String line(Beside beside, long leftOut) {
    ShadowFigures figures = beside.errors().figures();
    ModelErrors shadow = figures.shadow();
    String head =
        "planner: shadow of '%s' (%s): executions=%d unknown=%d left_out=%d"
            .formatted(
                beside.model().variant(),
                beside.model().file(),
                figures.executions(),
                figures.unknown(),
                leftOut);
    if (figures.executions() == 0) {
      return head;
    }
    return head
        + String.format(
            Locale.ROOT,
            " planned_error=%.2f%% shadow_error=%.2f%% cover_p95=%s width_p95=%s cover_p99=%s"
                + " verdict=%s difference=%.2f [%.2f, %.2f] points",
            100 * figures.first().meanAbsRelError(),
            100 * shadow.meanAbsRelError(),
            number(shadow.coverageP95()),
            number(shadow.widthP95()),
            number(shadow.coverageP99()),
            figures.difference().verdict().name().toLowerCase(Locale.ROOT),
            100 * figures.difference().mean(),
            100 * figures.difference().low(),
            100 * figures.difference().high());
  }

  private static String number(OptionalDouble figure) {
    return figure.isEmpty() ? "-" : String.format(Locale.ROOT, "%.3f", figure.getAsDouble());
  }
}
