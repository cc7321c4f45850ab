package io.waip.cli.replay;

import io.waip.api.Outcome;
import io.waip.cli.settings.SettingsText;
import io.waip.replay.DriftFindings;
import io.waip.replay.LatencyDistribution;
import io.waip.replay.Loss;
import io.waip.replay.PolicyRun;
import io.waip.replay.ReplayReport;
import io.waip.replay.limit.ClairvoyantGoodput;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.DeviceSpec;
import io.waip.replay.spec.EventSpec;
import io.waip.replay.spec.ServiceSpec;
import io.waip.replay.trace.Workload;
import io.waip.replay.tune.TunedSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The figures as JSON. The keys are part of the product's contract ({@code docs/replay.md}). */
final class ReplayFigures {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private ReplayFigures() {}

  /**
   * Returns a tree of maps and lists with the keys of the contract, in order.
   *
   * @param drift what was found beside each policy, null where nothing watched
   */
  static Map<String, @Nullable Object> of(
      ReplayReport report,
      Function<Policy, @Nullable DriftFindings> drift,
      double simulatedPerSecond) {
    Workload workload = report.replay().workload();
    Map<String, @Nullable Object> figures = new LinkedHashMap<>();
    figures.put("requests", workload.size());
    figures.put("window_s", workload.windowNanos() / NANOS_PER_SECOND);
    figures.put("offered_rps", workload.offeredPerSecond());
    figures.put("capacity_rps", report.replay().capacityPerSecond());
    figures.put("load", report.replay().load());
    figures.put("limit_rps", report.limit().ratePerSecond());
    figures.put("limit_over_offered", report.limit().requests() / workload.size());
    figures.put("limit_method", report.limit().method());
    figures.put(
        "clairvoyant_rps",
        report.clairvoyant().map(ClairvoyantGoodput::ratePerSecond).orElse(null));
    figures.put("slo_ms", report.spec().sloNanos() / NANOS_PER_MILLI);
    figures.put("workers", report.spec().devices().workers());
    figures.put("max_batch", report.spec().devices().maxBatch());
    figures.put("noise_cv", report.spec().noise().coefficientOfVariation());
    figures.put("seed", report.spec().noise().seed());
    figures.put("services", report.spec().services().stream().map(ReplayFigures::service).toList());
    figures.put(
        "devices", report.spec().devices().classes().stream().map(ReplayFigures::device).toList());
    figures.put("buckets", report.replay().bucketEdges());
    figures.put("events", report.spec().devices().events().stream().map(EventSpec::text).toList());
    figures.put("simulated_requests_per_second", simulatedPerSecond);
    figures.put("tuned", report.tuned().map(ReplayFigures::tuned).orElse(null));
    List<Map<String, @Nullable Object>> policies =
        report.runs().stream().map(run -> policy(report, run, drift.apply(run.policy()))).toList();
    figures.put("policies", policies);
    return figures;
  }

  private static Map<String, Object> service(ServiceSpec service) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("name", service.name());
    figures.put("share", service.share());
    figures.put("slo_ms", service.sloNanos() / NANOS_PER_MILLI);
    figures.put("alpha_ms", service.cost().alphaNanos() / NANOS_PER_MILLI);
    figures.put("beta_ms", service.cost().betaNanos() / NANOS_PER_MILLI);
    figures.put("gamma_ms", service.cost().gammaNanos() / NANOS_PER_MILLI);
    return figures;
  }

  private static Map<String, Object> device(DeviceSpec device) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("name", device.name());
    figures.put("count", device.count());
    figures.put("speed", device.speed());
    return figures;
  }

  private static Map<String, Object> tuned(TunedSettings tuned) {
    Map<String, Object> figures = new LinkedHashMap<>(SettingsText.figures(tuned.settings()));
    figures.put("configurations", tuned.configurations());
    figures.put("attainment", tuned.attainment());
    return figures;
  }

  private static Map<String, @Nullable Object> policy(
      ReplayReport report, PolicyRun run, @Nullable DriftFindings drift) {
    Map<String, @Nullable Object> figures = new LinkedHashMap<>();
    double overLimit = report.overLimit(run);
    figures.put("policy", run.policy().label());
    figures.put("goodput_rps", run.goodputPerSecond());
    figures.put("goodput_over_limit", Double.isFinite(overLimit) ? overLimit : null);
    figures.put("goodput_over_clairvoyant", orNull(report.overClairvoyant(run)));
    figures.put("gap_closed", orNull(report.gapClosed(run)));
    figures.put("attainment", run.attainment());
    figures.put("batches", run.log().batches());
    figures.put("mean_batch", orNull(run.meanBatch()));
    LatencyDistribution latencies = run.latencies();
    figures.put("p50_ms", orNull(latencies.millis(50)));
    figures.put("p99_ms", orNull(latencies.millis(99)));
    for (Outcome outcome : Outcome.values()) {
      figures.put(outcome.name().toLowerCase(Locale.ROOT), run.count(outcome));
    }
    GroupFigures.addTo(figures, run, report.replay());
    figures.put("attainment_by_length_fifth", byLengthFifth(run));
    figures.put("loss", loss(report.loss(run)));
    figures.put("drift", DriftFigures.of(drift, run.workload().windowNanos()));
    figures.put("decision_hash", run.log().decisionHash());
    return figures;
  }

  private static Map<String, Double> loss(Loss loss) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("expired_in_queue_rps", loss.expiredRps());
    parts.put("padding_rps", loss.paddingRps());
    parts.put("idle_while_backlog_rps", loss.idleRps());
    parts.put("late_in_batch_rps", loss.lateRps());
    parts.put("failed_rps", loss.failedRps());
    parts.put("bound_looseness_rps", loss.loosenessRps());
    return parts;
  }

  private static List<@Nullable Double> byLengthFifth(PolicyRun run) {
    List<@Nullable Double> shares = new ArrayList<>();
    run.attainmentByLengthFifth().forEach(share -> shares.add(share.isNaN() ? null : share));
    return shares;
  }

  private static @Nullable Double orNull(OptionalDouble figure) {
    return figure.isEmpty() ? null : figure.getAsDouble();
  }
}
