package io.waip.cli.replay;

import io.waip.api.Durations;
import io.waip.api.Outcome;
import io.waip.cli.settings.SettingsText;
import io.waip.replay.DriftFindings;
import io.waip.replay.LatencyDistribution;
import io.waip.replay.PolicyRun;
import io.waip.replay.Replay;
import io.waip.replay.ReplaySpec;
import io.waip.replay.limit.ClairvoyantGoodput;
import io.waip.replay.limit.GoodputLimit;
import io.waip.replay.spec.DeviceSpec;
import io.waip.replay.spec.EventSpec;
import io.waip.replay.spec.ServiceSpec;
import io.waip.replay.trace.Workload;
import io.waip.replay.tune.TunedSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The figures for people, each line as soon as it is known. */
final class ReplayTable {
  private static final int HASH_CHARS = 12;
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrintWriter out;

  ReplayTable(PrintWriter out) {
    this.out = out;
  }

  /** Prints what is replayed. */
  void workload(ReplaySpec spec, Replay replay, List<String> notes) {
    Workload workload = replay.workload();
    print(
        String.format(
            Locale.ROOT,
            "%d requests in %.1f s, offered %.1f rps, load %.2f of capacity %.1f rps",
            workload.size(),
            workload.windowNanos() / NANOS_PER_SECOND,
            workload.offeredPerSecond(),
            replay.load(),
            replay.capacityPerSecond()));
    print(
        String.format(
            Locale.ROOT,
            "SLO %s, workers %d, batches up to %d, noise %.2f, seed %d",
            Durations.format(spec.sloNanos()),
            spec.devices().workers(),
            spec.devices().maxBatch(),
            spec.noise().coefficientOfVariation(),
            spec.noise().seed()));
    services(spec, workload);
    devices(spec);
    notes.forEach(this::print);
    if (!replay.bucketEdges().isEmpty()) {
      print(
          "waip pads batches to lengths "
              + String.join(", ", replay.bucketEdges().stream().map(String::valueOf).toList()));
    }
    List<EventSpec> events = spec.devices().events();
    if (!events.isEmpty()) {
      print(
          "events "
              + String.join(", ", events.stream().map(EventSpec::text).toList())
              + "; the limit knows which workers are down, not which drain or are slow");
    }
  }

  private void services(ReplaySpec spec, Workload workload) {
    for (int s = 0; spec.services().size() > 1 && s < spec.services().size(); s++) {
      ServiceSpec service = spec.services().get(s);
      int index = s;
      long calls =
          IntStream.range(0, workload.size()).filter(i -> workload.service(i) == index).count();
      print(
          String.format(
              Locale.ROOT,
              "  %-10s %d requests, SLO %s",
              service.name(),
              calls,
              Durations.format(service.sloNanos())));
    }
  }

  private void devices(ReplaySpec spec) {
    for (DeviceSpec device :
        spec.devices().areAlike() ? List.<DeviceSpec>of() : spec.devices().classes()) {
      print(
          String.format(
              Locale.ROOT,
              "  %-10s %d %s of speed %s",
              device.name(),
              device.count(),
              device.count() == 1 ? "worker" : "workers",
              device.speed()));
    }
  }

  /** Prints both sides of what is possible. */
  void limits(GoodputLimit limit, Optional<ClairvoyantGoodput> clairvoyant, Workload workload) {
    print(
        String.format(
            Locale.ROOT,
            "limit %.1f rps, %.3f of offered; best schedule found with full knowledge %s",
            limit.ratePerSecond(),
            limit.requests() / workload.size(),
            clairvoyant
                .map(best -> String.format(Locale.ROOT, "%.1f rps", best.ratePerSecond()))
                .orElse(
                    "not searched with events or above %d requests"
                        .formatted(ClairvoyantGoodput.MAX_REQUESTS))));
  }

  /** Prints the settings that {@code triton} runs with. */
  void tuned(TunedSettings tuned) {
    print(
        "triton runs with the best of %d settings: %s"
            .formatted(tuned.configurations(), SettingsText.of(tuned.settings())));
  }

  /** Prints the head of the table of policies. */
  void head() {
    out.println();
    print(
        String.format(
            Locale.ROOT,
            "%-12s %11s %8s %10s %9s %9s %9s %9s %8s %8s %10s  %s",
            "policy",
            "goodput_rps",
            "of_limit",
            "attainment",
            "completed",
            "late",
            "rejected",
            "evicted",
            "p50_ms",
            "p99_ms",
            "mean_batch",
            "decisions"));
  }

  /** Prints what a policy made of the requests. */
  void row(PolicyRun run, GoodputLimit limit) {
    LatencyDistribution latencies = run.latencies();
    print(
        String.format(
            Locale.ROOT,
            "%-12s %11.1f %8.3f %10.3f %9d %9d %9d %9d %8s %8s %10s  %s",
            run.policy().label(),
            run.goodputPerSecond(),
            run.goodputPerSecond() / limit.ratePerSecond(),
            run.attainment(),
            run.count(Outcome.COMPLETED),
            run.count(Outcome.LATE),
            run.count(Outcome.REJECTED),
            run.count(Outcome.EVICTED),
            text(latencies.millis(50)),
            text(latencies.millis(99)),
            text(run.meanBatch()),
            run.log().decisionHash().substring(0, HASH_CHARS)));
  }

  /** Prints what failed in a run, and what each of several services and tenants got of it. */
  void details(PolicyRun run, Replay replay) {
    if (run.count(Outcome.FAILED) > 0) {
      print("  " + run.count(Outcome.FAILED) + " failed with their worker");
    }
    List<String> services = replay.services();
    for (int s = 0; services.size() > 1 && s < services.size(); s++) {
      int service = s;
      group(run, services.get(s), i -> run.workload().service(i) == service, "");
    }
    List<String> tenants = replay.tenants();
    for (int t = 0; tenants.size() > 1 && t < tenants.size(); t++) {
      int tenant = t;
      double seconds = run.serviceNanos().get(t) / NANOS_PER_SECOND;
      String served = String.format(Locale.ROOT, "  served %.3f s of worker time", seconds);
      group(run, tenants.get(t), i -> run.workload().tenant(i) == tenant, served);
    }
  }

  /** Prints what was found to drift beside a run, where something watched. */
  void drift(@Nullable DriftFindings findings) {
    if (findings != null) {
      DriftFigures.lines(findings).forEach(this::print);
    }
  }

  private void group(PolicyRun run, String name, IntPredicate isMeant, String more) {
    print(
        String.format(
            Locale.ROOT,
            "  %-10s %11.1f %8s %10s%s",
            name,
            run.goodputPerSecond(isMeant),
            "",
            share(run.attainment(isMeant)),
            more));
  }

  private static String share(OptionalDouble figure) {
    return figure.isEmpty() ? "-" : String.format(Locale.ROOT, "%.3f", figure.getAsDouble());
  }

  private static String text(OptionalDouble figure) {
    return figure.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f", figure.getAsDouble());
  }

  private void print(String line) {
    out.println(line);
    out.flush();
  }
}
