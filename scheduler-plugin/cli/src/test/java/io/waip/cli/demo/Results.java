package io.waip.cli.demo;

import io.waip.api.Outcome;
import io.waip.api.Tier;
import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.cli.demo.load.ArmRun;
import io.waip.cli.demo.load.Loads;
import io.waip.cli.demo.load.LogFixture;
import io.waip.cli.demo.load.TextLoad;
import io.waip.cli.demo.tune.Tuned;
import io.waip.onnxruntime.LoadedModels;
import io.waip.replay.dynamic.DynamicBatcherSettings;
import io.waip.replay.dynamic.ShapeRule;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Results of runs that were not made: 100 offered requests in 1 s, goodputs as given; offline
 * requests are the first to miss.
 */
final class Results {
  /** The real models, since arms hold loaded ones. */
  private static final LoadedModels MODELS = RealModels.both();

  private static final LatencyModel CURVE = (variant, batch, length) -> 1_000_000;

  private final TextLoad load = Loads.even(0.2, 1000, 100);
  private double factor = 1.3;
  private double limit = 100;
  private int planned = 90;
  private int reference = 60;
  private int bestVariant = 70;
  private int baseline = 40;
  private int lost;

  Results load(double value) {
    factor = value;
    return this;
  }

  Results limit(double rps) {
    limit = rps;
    return this;
  }

  /** Sets the requests answered in time. */
  Results goodput(int plannedGood, int referenceGood, int bestGood, int baselineGood) {
    planned = plannedGood;
    reference = referenceGood;
    bestVariant = bestGood;
    baseline = baselineGood;
    return this;
  }

  /** Lets the planner lose requests. */
  Results lost(int requests) {
    lost = requests;
    return this;
  }

  DemoResult build() {
    Tuned tuned =
        new Tuned(
            DynamicBatcherSettings.of(0, 8, 2_000_000, ShapeRule.RAGGED),
            1440,
            List.of(new Tuned.Round("real", 4, 4, 40)),
            30);
    List<CostPoint> curve = List.of(new CostPoint(0, 1, 4, 2.5e6, 9));
    Prepared prepared =
        new Prepared(
            load.texts(),
            MODELS,
            Map.of(),
            new Calibration(0.989, 0.96, Map.of(), List.of(4.0, 2.0)),
            curve,
            CURVE,
            deployment(),
            77);
    return new DemoResult(
        factor,
        prepared,
        load,
        curve,
        limit,
        55,
        tuned,
        tuned,
        new DemoResult.Arms(
            arm("stock", baseline, 0),
            arm("baseline", baseline, 0),
            arm("baseline_best_variant", bestVariant, 0),
            arm("fp32_only", reference, 0),
            arm("planned", planned, lost)),
        "2.51.0",
        new Machine("a cpu", 2, "25", "an os", "abc123", 0.2));
  }

  private ArmRun arm(String name, int good, int lostRequests) {
    int[] offlineFirst =
        IntStream.range(0, 100)
            .boxed()
            .sorted(Comparator.comparing(i -> load.tier(i) == Tier.INTERACTIVE))
            .mapToInt(i -> i)
            .toArray();
    Set<Integer> missed = new HashSet<>();
    for (int i = 0; i < 100 - good; i++) {
      missed.add(offlineFirst[i]);
    }
    Set<Integer> unanswered = missed.stream().limit(lostRequests).collect(Collectors.toSet());
    return LogFixture.run(
        name,
        MODELS.variants().stream().map(Variant::model).toList(),
        load,
        CURVE,
        i ->
            unanswered.contains(i)
                ? null
                : missed.contains(i) ? Outcome.EVICTED : Outcome.COMPLETED);
  }

  private static Deployment deployment() {
    List<Variant> variants = MODELS.variants();
    Objective objective = Objective.interactive(Duration.ofMillis(100));
    return new Deployment(
        List.of(new Service("embed", objective, true, variants)),
        List.of(Tenant.unlimited("a")),
        List.of(Endpoint.worker("w")));
  }
}
