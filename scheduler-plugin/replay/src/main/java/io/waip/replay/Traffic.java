package io.waip.replay;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.arrivals.Arrivals;
import io.waip.replay.trace.Trace;
import io.waip.replay.trace.Workload;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are offered, and how fast: recorded ones at the pace of the trace, or generated
 * ones.
 *
 * <p>Lengths come from {@link #withLengths} where given (request {@code i} takes entry {@code i}
 * modulo their number), else from the trace, else all are 1. Tenants, tiers and bounds on the time
 * to answer come from the trace; generated requests are interactive and of one tenant. Immutable.
 */
public final class Traffic {
  /** Tenant of generated requests. */
  public static final String DEFAULT_TENANT = "default";

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MAX_SPAN_SECONDS = 1e9;

  /** Longest time from the first arrival to the last, about 32 years. */
  private static final double MAX_SPAN_NANOS = MAX_SPAN_SECONDS * NANOS_PER_SECOND;

  private final @Nullable Trace trace;
  private final ArrivalSpec process;
  private final int requests;
  private final Pace pace;
  private final int[] lengths;

  private Traffic(
      @Nullable Trace trace, ArrivalSpec process, int requests, Pace pace, int[] lengths) {
    this.trace = trace;
    this.process = process;
    this.requests = requests;
    this.pace = pace;
    this.lengths = lengths;
    if (requests < 2) {
      throw new IllegalArgumentException("requests must be >= 2, is " + requests);
    }
  }

  /** Returns the requests of a trace. */
  public static Traffic recorded(Trace trace, Pace pace) {
    return new Traffic(trace, new ArrivalSpec.Poisson(), trace.size(), pace, new int[0]);
  }

  /**
   * Returns generated requests.
   *
   * @param requests {@code >= 2}
   * @param load mean offered rate as a share of the capacity, {@code > 0}
   * @throws IllegalArgumentException if a figure is out of range
   */
  public static Traffic generated(ArrivalSpec process, int requests, double load) {
    return new Traffic(null, process, requests, new Pace.Load(load), new int[0]);
  }

  /**
   * Returns the first requests of these.
   *
   * @param count {@code >= 2} and at most as many as there are
   * @throws IllegalArgumentException if it is out of range
   */
  public Traffic first(int count) {
    if (count > requests) {
      throw new IllegalArgumentException("%d of %d requests".formatted(count, requests));
    }
    return new Traffic(trace, process, count, pace, lengths);
  }

  /**
   * Returns these requests with lengths from elsewhere.
   *
   * @param values each {@code >= 1}; at least one
   * @throws IllegalArgumentException if there is none or one is below 1
   */
  public Traffic withLengths(int... values) {
    if (values.length == 0 || Arrays.stream(values).anyMatch(length -> length < 1)) {
      throw new IllegalArgumentException("at least one length is required, and none below 1");
    }
    return new Traffic(trace, process, requests, pace, values.clone());
  }

  /** Returns the number of requests. */
  public int requests() {
    return requests;
  }

  /** Says whether arrivals depend on a seed. */
  boolean isGenerated() {
    return trace == null;
  }

  /** Returns the tenants; a request's tenant is an index into them. */
  List<String> tenants() {
    return trace == null ? List.of(DEFAULT_TENANT) : trace.tenantNames();
  }

  /**
   * Returns the arrivals at their pace.
   *
   * @param capacityPerSecond what a load of 1 stands for
   * @param seed of generated arrivals
   * @return nanoseconds from the first, never decreasing
   * @throws IllegalArgumentException if the pace leaves no two different arrival times, or a span
   *     of more than 10^9 s
   */
  long[] arrivals(double capacityPerSecond, long seed) {
    return requireSpan(atPace(capacityPerSecond, seed));
  }

  /**
   * Checks that arrivals can be replayed.
   *
   * @return the same
   * @throws IllegalArgumentException as {@link #arrivals} does
   */
  static long[] requireSpan(long[] arrivals) {
    long span = arrivals[arrivals.length - 1];
    if (span == 0 || span > MAX_SPAN_NANOS) {
      throw new IllegalArgumentException(
          "at this pace %d requests span %.3g s; allowed: more than 0 s, at most %.0f s; remedy:"
                  .formatted(arrivals.length, span / NANOS_PER_SECOND, MAX_SPAN_SECONDS)
              + " change the speedup or the load");
    }
    return arrivals;
  }

  private long[] atPace(double capacityPerSecond, long seed) {
    if (trace == null) {
      double load = ((Pace.Load) pace).factor();
      return Arrivals.generate(process, requests, load * capacityPerSecond, seed);
    }
    long[] all = trace.arrivalNanos();
    long[] recorded = requests == all.length ? all : Arrays.copyOf(all, requests);
    return switch (pace) {
      case Pace.Speedup(double factor) -> Arrivals.speedUp(recorded, factor);
      case Pace.Load(double factor) -> Arrivals.rescale(recorded, factor * capacityPerSecond);
    };
  }

  /**
   * Returns the requests as offered.
   *
   * @param arrivalNanos one for each request
   * @param isLengthKept whether lengths matter; where they do not, all are 1
   */
  Workload workload(long[] arrivalNanos, long sloNanos, boolean isLengthKept) {
    Workload.Builder builder = new Workload.Builder(Arrivals.windowNanos(arrivalNanos), requests);
    for (int i = 0; i < requests; i++) {
      Tier tier = trace == null ? Tier.INTERACTIVE : trace.tier(i);
      int tenant = trace == null ? 0 : trace.tenant(i);
      long deadline = deadline(i, arrivalNanos[i], tier, sloNanos);
      builder.add(arrivalNanos[i], isLengthKept ? length(i) : 1, tier, tenant, deadline);
    }
    return builder.build();
  }

  private long deadline(int i, long arrivalNanos, Tier tier, long sloNanos) {
    if (trace != null && trace.hasBounds()) {
      return Math.addExact(arrivalNanos, trace.boundNanos(i));
    }
    return tier == Tier.OFFLINE ? RequestDescriptor.NO_DEADLINE : arrivalNanos + sloNanos;
  }

  /**
   * Returns the length of every request.
   *
   * @param isLengthKept whether lengths matter; where they do not, all are 1
   */
  int[] lengths(boolean isLengthKept) {
    int[] all = new int[requests];
    Arrays.setAll(all, i -> isLengthKept ? length(i) : 1);
    return all;
  }

  private int length(int i) {
    if (lengths.length > 0) {
      return lengths[i % lengths.length];
    }
    return trace == null ? 1 : trace.length(i);
  }
}
