package io.waip.cli.demo.load;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.cost.LatencyModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Runs whose answers are given, not measured. */
public final class LogFixture {
  private static final long LATENCY_NANOS = 7_000_000;

  private LogFixture() {}

  /**
   * Returns a run in which every answer took 7 ms, in executions of two of 24 tokens each.
   *
   * @param outcomes of each request; null for one that is never answered
   */
  public static ArmRun run(
      String name,
      List<String> variants,
      TextLoad load,
      LatencyModel curve,
      IntFunction<@Nullable Outcome> outcomes) {
    RequestLog log = new RequestLog(load, variants, (l, i, reply) -> true);
    List<ExecutionLog.Execution> executions = new ArrayList<>();
    for (int i = 0; i < load.size(); i++) {
      long sent = load.arrivalNanos(i);
      log.sent(i, sent);
      Outcome outcome = outcomes.apply(i);
      if (outcome != null) {
        long ended = sent + LATENCY_NANOS;
        log.ended(i, ended, Serving.Reply.without(outcome, Reason.NONE));
        if (i % 2 == 0) {
          executions.add(new ExecutionLog.Execution(0, 2, 24, 40, LATENCY_NANOS, ended));
        }
      }
    }
    Arm arm =
        new Arm(
            name,
            "the " + name,
            () -> {
              throw new AssertionError("nothing is run");
            });
    ArmFigures figures = new Scoring(log, executions, 0, curve).figures();
    return new ArmRun(arm, log, executions, figures, List.of());
  }
}
