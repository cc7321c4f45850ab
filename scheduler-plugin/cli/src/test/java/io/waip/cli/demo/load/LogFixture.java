package io.waip.cli.demo.load;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Variant;
import io.waip.onnxruntime.Answer;
import io.waip.onnxruntime.LoadedModels;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Runs whose answers are given, not measured. */
public final class LogFixture {
  private static final long LATENCY_NANOS = 7_000_000;

  private LogFixture() {}

  /**
   * Returns a run in which every answer took 7 ms.
   *
   * @param outcomes of each request; null for one that is never answered
   */
  public static ArmRun run(
      String name,
      LoadedModels models,
      TextLoad load,
      LatencyModel curve,
      IntFunction<@Nullable Outcome> outcomes) {
    List<String> variants = models.variants().stream().map(Variant::model).toList();
    RequestLog log = new RequestLog(load, variants, (l, i, answer) -> true);
    for (int i = 0; i < load.size(); i++) {
      long sent = load.arrivalNanos(i);
      log.sent(i, sent);
      Outcome outcome = outcomes.apply(i);
      if (outcome != null) {
        Answer.Served served = new Answer.Served(variants.getFirst(), 2, 24, 0, LATENCY_NANOS);
        Answer.Ending ending = new Answer.Ending(outcome, Reason.NONE, 0, "");
        log.answered(i, sent + LATENCY_NANOS, new Answer(ending, LATENCY_NANOS, served, null));
      }
    }
    Arm arm =
        new Arm(
            name,
            "the " + name,
            models,
            (deployment, model) -> {
              throw new AssertionError("nothing is run");
            });
    return new ArmRun(arm, log, new Scoring(log, curve).figures(0));
  }
}
