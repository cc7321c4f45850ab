package io.waip.replay;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.replay.arrivals.Arrivals;
import io.waip.replay.limit.BatchCost;
import io.waip.replay.limit.Capacity;
import io.waip.replay.spec.RateSpec;
import io.waip.replay.spec.ServerSpec;
import io.waip.replay.spec.SourceSpec;
import io.waip.replay.spec.WorkloadSpec;
import io.waip.replay.trace.LengthsReader;
import io.waip.replay.trace.Trace;
import io.waip.replay.trace.TraceReader;
import io.waip.replay.trace.Workload;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the requests of a replay: arrivals at the rate asked for, lengths where they matter,
 * deadlines from the SLO; offline requests have none. Deterministic for a specification.
 */
final class WorkloadBuilder {
  private static final List<String> GENERATED_TENANTS = List.of("default");

  /** The requests, who sends them, and the capacity their rate was measured against. */
  record Built(Workload workload, List<String> tenants, double capacityRps) {}

  private final WorkloadSpec spec;
  private final ServerSpec server;
  private final @Nullable Trace trace;
  private final int requests;

  private WorkloadBuilder(WorkloadSpec spec, ServerSpec server) {
    this.spec = spec;
    this.server = server;
    trace = spec.source() instanceof SourceSpec.Recorded(var file) ? TraceReader.read(file) : null;
    requests = requests(spec, trace);
  }

  /**
   * Reads the files and makes the requests.
   *
   * @throws io.waip.replay.trace.TraceFormatException if a file is not what it should be
   * @throws IllegalArgumentException if the trace has fewer requests than asked for, or a request
   *     alone takes longer than the SLO
   */
  static Built build(ReplaySpec spec) {
    return new WorkloadBuilder(spec.workload(), spec.server()).build(spec.seed());
  }

  private static int requests(WorkloadSpec spec, @Nullable Trace trace) {
    Integer wanted = spec.requests();
    if (trace == null) {
      return wanted == null ? WorkloadSpec.DEFAULT_REQUESTS : wanted;
    }
    if (wanted != null && wanted > trace.size()) {
      throw new IllegalArgumentException(
          "the trace has %d requests, fewer than the %d asked for".formatted(trace.size(), wanted));
    }
    return wanted == null ? trace.size() : wanted;
  }

  private Built build(long seed) {
    int[] lengths = lengths();
    double capacity =
        Capacity.perSecond(
            lengths, BatchCost.of(server.cost()), server.pool(), 0, server.sloNanos());
    long[] arrivals = arrivals(capacity, seed);
    Workload.Builder builder = new Workload.Builder(Arrivals.windowNanos(arrivals));
    for (int i = 0; i < requests; i++) {
      Tier tier = trace == null ? Tier.INTERACTIVE : trace.tier(i);
      long deadline =
          tier == Tier.OFFLINE
              ? RequestDescriptor.NO_DEADLINE
              : Math.addExact(arrivals[i], server.sloNanos());
      builder.add(arrivals[i], lengths[i], tier, trace == null ? 0 : trace.tenant(i), deadline);
    }
    List<String> tenants = trace == null ? GENERATED_TENANTS : trace.tenantNames();
    return new Built(builder.build(), tenants, capacity);
  }

  /** Returns the lengths asked for, else the trace's where the cost depends on them, else 1. */
  private int[] lengths() {
    int[] lengths = new int[requests];
    Trace recorded = trace;
    if (spec.lengths() != null) {
      int[] rows = LengthsReader.read(spec.lengths());
      Arrays.setAll(lengths, i -> rows[i % rows.length]);
    } else if (recorded != null && server.cost().dependsOnLength()) {
      Arrays.setAll(lengths, recorded::length);
    } else {
      Arrays.fill(lengths, 1);
    }
    return lengths;
  }

  private long[] arrivals(double capacity, long seed) {
    if (spec.source() instanceof SourceSpec.Generated(var process)
        && spec.rate() instanceof RateSpec.Load(double load)) {
      return Arrivals.generate(process, requests, load * capacity, seed);
    }
    long[] recorded = trace == null ? new long[0] : Arrays.copyOf(trace.arrivalNanos(), requests);
    return switch (spec.rate()) {
      case RateSpec.AsRecorded asRecorded -> recorded;
      case RateSpec.Speedup(double factor) -> Arrivals.speedUp(recorded, factor);
      case RateSpec.Load(double load) -> Arrivals.rescale(recorded, load * capacity);
    };
  }
}
