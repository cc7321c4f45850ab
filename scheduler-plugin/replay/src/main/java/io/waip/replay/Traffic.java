package io.waip.replay;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.deployment.Tenant;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.arrivals.Arrivals;
import io.waip.replay.spec.TenantSpec;
import io.waip.replay.trace.Trace;
import io.waip.replay.trace.Workload;
import java.util.Arrays;
import java.util.List;

/**
 * Which requests are offered, and how fast: recorded ones at the pace of the trace, or generated
 * ones.
 *
 * <p>Lengths come from {@link #withLengths} where given (request {@code i} takes entry {@code i}
 * modulo their number), else from the trace, else all are 1. Tiers and bounds on the time to answer
 * come from the trace. {@link #withTenants} gives tenants their weights and rate limits, and says
 * which of them generated requests are of; without it those are interactive and of one tenant.
 * Immutable.
 */
public final class Traffic {
  /** Tenant of generated requests. */
  public static final String DEFAULT_TENANT = "default";

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MAX_SPAN_SECONDS = 1e9;

  /** Longest time from the first arrival to the last, about 32 years. */
  private static final double MAX_SPAN_NANOS = MAX_SPAN_SECONDS * NANOS_PER_SECOND;

  /** Where requests come from. */
  private sealed interface Origin {
    Pace pace();
  }

  private record Recorded(Trace trace, Pace pace) implements Origin {}

  private record Generated(ArrivalSpec process, Pace.Mean pace) implements Origin {}

  private final Origin origin;
  private final int requests;
  private final int[] lengths;
  private final List<TenantSpec> tenants;

  private Traffic(Origin origin, int requests, int[] lengths, List<TenantSpec> tenants) {
    this.origin = origin;
    this.requests = requests;
    this.lengths = lengths;
    this.tenants = List.copyOf(tenants);
    if (requests < 2) {
      throw new IllegalArgumentException("requests must be >= 2, is " + requests);
    }
  }

  /** Returns the requests of a trace. */
  public static Traffic recorded(Trace trace, Pace pace) {
    List<TenantSpec> tenants = trace.tenantNames().stream().map(TenantSpec::of).toList();
    return new Traffic(new Recorded(trace, pace), trace.size(), new int[0], tenants);
  }

  /**
   * Returns generated requests.
   *
   * @param requests {@code >= 2}
   * @param load mean offered rate as a share of the capacity, {@code > 0}
   * @throws IllegalArgumentException if a figure is out of range
   */
  public static Traffic generated(ArrivalSpec process, int requests, double load) {
    return generated(process, requests, new Pace.Load(load));
  }

  /**
   * Returns generated requests at a mean rate.
   *
   * @param requests {@code >= 2}
   * @throws IllegalArgumentException if there are fewer
   */
  public static Traffic generated(ArrivalSpec process, int requests, Pace.Mean pace) {
    List<TenantSpec> one = List.of(TenantSpec.of(DEFAULT_TENANT));
    return new Traffic(new Generated(process, pace), requests, new int[0], one);
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
    return new Traffic(origin, count, lengths, tenants);
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
    return new Traffic(origin, requests, values.clone(), tenants);
  }

  /**
   * Returns generated requests as these tenants send them, or recorded ones with these tenants'
   * weights and rate limits; a tenant of the trace that is not among them has weight 1 and no
   * limit.
   *
   * @param specs at least one, names distinct
   * @throws IllegalArgumentException if a generated tenant gets fewer than two requests, the trace
   *     has no tenant of a name, or says itself what a tenant sends; the message is one line for
   *     the user
   */
  public Traffic withTenants(List<TenantSpec> specs) {
    List<TenantSpec> all =
        switch (origin) {
          case Generated(ArrivalSpec process, Pace.Mean _) ->
              new RequestMix(process, specs, requests).tenants();
          case Recorded(Trace trace, Pace pace) -> ofTrace(trace, specs);
        };
    return new Traffic(origin, requests, lengths, all);
  }

  private static List<TenantSpec> ofTrace(Trace trace, List<TenantSpec> specs) {
    List<String> names = trace.tenantNames();
    for (TenantSpec spec : specs) {
      if (!names.contains(spec.name())) {
        throw new IllegalArgumentException(
            "the trace has no tenant '%s'; allowed: %s; remedy: name one of them"
                .formatted(spec.name(), String.join(", ", names)));
      }
      if (spec.shapesRequests()) {
        throw new IllegalArgumentException(
            "tenant '%s' has a share or a tier, which the trace gives; allowed: weight, rate;"
                    .formatted(spec.name())
                + " remedy: leave them out");
      }
    }
    return names.stream().map(name -> named(name, specs)).toList();
  }

  private static TenantSpec named(String name, List<TenantSpec> specs) {
    return specs.stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseGet(() -> TenantSpec.of(name));
  }

  /** Returns the number of requests. */
  public int requests() {
    return requests;
  }

  /** Says whether the same requests come as fast whatever the workers. */
  public boolean hasFixedRate() {
    return origin.pace().isFixed();
  }

  /** Says whether arrivals depend on a seed. */
  boolean isGenerated() {
    return origin instanceof Generated;
  }

  /** Returns the tenants; a request's tenant is an index into them. */
  List<Tenant> tenants() {
    return tenants.stream().map(TenantSpec::tenant).toList();
  }

  /** Returns the length of a request, {@code >= 1}. */
  int length(int i) {
    if (lengths.length > 0) {
      return lengths[i % lengths.length];
    }
    return origin instanceof Recorded recorded ? recorded.trace().length(i) : 1;
  }

  /**
   * Returns the requests as offered.
   *
   * @param capacityPerSecond what a load of 1 stands for; not used where the rate is fixed
   * @param seed of generated arrivals
   * @param services that they call
   * @throws IllegalArgumentException if the pace leaves no two different arrival times, or a span
   *     of more than 10^9 s
   */
  Workload workload(double capacityPerSecond, long seed, OfferedServices services) {
    return switch (origin) {
      case Recorded recorded -> workload(recorded, capacityPerSecond, services);
      case Generated(ArrivalSpec process, Pace.Mean pace) -> {
        RequestMix mix = new RequestMix(process, tenants, requests);
        yield workload(mix, mix.generate(pace.perSecond(capacityPerSecond), seed), services);
      }
    };
  }

  private Workload workload(RequestMix mix, RequestMix.Offered offered, OfferedServices services) {
    long[] arrivals = requireSpan(offered.arrivalNanos());
    Workload.Builder builder = new Workload.Builder(offered.windowNanos(), requests);
    for (int i = 0; i < requests; i++) {
      int tenant = offered.tenants()[i];
      Tier tier = mix.tier(tenant);
      long deadline = deadline(arrivals[i], tier, services.sloNanos(i));
      builder.add(
          new Workload.Request(
              services.of(i), arrivals[i], services.length(i), tier, tenant, deadline));
    }
    return builder.build();
  }

  private Workload workload(Recorded recorded, double capacity, OfferedServices services) {
    Trace trace = recorded.trace();
    long[] arrivals = requireSpan(atPace(recorded, capacity));
    Workload.Builder builder = new Workload.Builder(Arrivals.windowNanos(arrivals), requests);
    for (int i = 0; i < requests; i++) {
      long deadline =
          trace.hasBounds()
              ? Math.addExact(arrivals[i], trace.boundNanos(i))
              : deadline(arrivals[i], trace.tier(i), services.sloNanos(i));
      builder.add(
          new Workload.Request(
              services.of(i),
              arrivals[i],
              services.length(i),
              trace.tier(i),
              trace.tenant(i),
              deadline));
    }
    return builder.build();
  }

  private long[] atPace(Recorded from, double capacityPerSecond) {
    long[] all = from.trace().arrivalNanos();
    long[] recorded = requests == all.length ? all : Arrays.copyOf(all, requests);
    return switch (from.pace()) {
      case Pace.Speedup(double factor) -> Arrivals.speedUp(recorded, factor);
      case Pace.Mean mean -> Arrivals.rescale(recorded, mean.perSecond(capacityPerSecond));
    };
  }

  /**
   * Checks that arrivals can be replayed.
   *
   * @return the same
   * @throws IllegalArgumentException if they span no time, or more than 10^9 s
   */
  static long[] requireSpan(long[] arrivals) {
    long span = arrivals[arrivals.length - 1];
    if (span == 0 || span > MAX_SPAN_NANOS) {
      throw new IllegalArgumentException(
          "at this pace %d requests span %.3g s; allowed: more than 0 s, at most %.0f s; remedy:"
                  .formatted(arrivals.length, span / NANOS_PER_SECOND, MAX_SPAN_SECONDS)
              + " change the speedup, the load or the rate");
    }
    return arrivals;
  }

  private static long deadline(long arrivalNanos, Tier tier, long sloNanos) {
    return tier == Tier.OFFLINE ? RequestDescriptor.NO_DEADLINE : arrivalNanos + sloNanos;
  }
}
