package io.waip.cli.plan;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.cli.config.ExpectedLoad;
import io.waip.cli.config.ServiceSettings;
import io.waip.cli.input.UserError;
import io.waip.replay.arrivals.Arrivals;
import io.waip.replay.trace.Trace;
import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The requests a plan is made for: those of a trace, or generated ones as the configuration expects
 * them. Deterministic for a seed.
 */
final class PlannedRequests {
  /** Keeps the draw of services apart from those of arrivals and noise. */
  private static final long SEED_SALT = 0x71A5_0B3D;

  private final List<ServiceSettings> services;
  private final int[] lengths;
  private final long seed;

  /**
   * Prepares requests.
   *
   * @param lengths request i takes entry i modulo their number; empty for those of the trace, or 1
   */
  PlannedRequests(List<ServiceSettings> services, int[] lengths, long seed) {
    this.services = services;
    this.lengths = lengths;
    this.seed = seed;
  }

  /**
   * Draws requests as the services expect them.
   *
   * @param count of all services together
   * @throws UserError if a service expects none
   */
  Workload expected(int count) {
    List<Workload.Request> requests = new ArrayList<>();
    double all = 0;
    for (ServiceSettings service : services) {
      all += expectedRate(service);
    }
    long window = 1;
    for (int s = 0; s < services.size(); s++) {
      ServiceSettings service = services.get(s);
      double rate = expectedRate(service);
      int own = Math.max(2, (int) Math.round(count * rate / all));
      long[] times =
          Arrivals.generate(service.expected().orElseThrow().arrivals(), own, rate, seed + s);
      window = Math.max(window, Arrivals.windowNanos(times));
      for (long time : times) {
        requests.add(request(s, time, Tier.INTERACTIVE));
      }
    }
    requests.sort(Comparator.comparingLong(Workload.Request::arrivalNanos));
    return workload(requests, window);
  }

  private static double expectedRate(ServiceSettings service) {
    return expectedLoad(service).ratePerSecond();
  }

  /**
   * Returns what a service expects.
   *
   * @throws UserError if it says nothing
   */
  static ExpectedLoad expectedLoad(ServiceSettings service) {
    return service
        .expected()
        .orElseThrow(() ->
            UserError.usage(
                "nothing says how many requests service '" + service.name() + "' gets",
                "--config",
                "expected of every service, or --trace",
                "add 'expected: { rate: 200/s }' to the service"));
  }

  /** Gives the requests of a trace to the services, in proportion to what these expect. */
  Workload recorded(Trace trace) {
    double[] shares = shares();
    SplittableRandom random = new SplittableRandom(seed ^ SEED_SALT);
    List<Workload.Request> requests = new ArrayList<>();
    long[] times = trace.arrivalNanos();
    for (int i = 0; i < trace.size(); i++) {
      Workload.Request request = request(draw(shares, random), times[i], trace.tier(i));
      int length = lengths.length == 0 ? trace.length(i) : request.length();
      boolean isBound = trace.hasBounds();
      requests.add(
          new Workload.Request(
              request.service(),
              times[i],
              length,
              request.tier(),
              0,
              isBound ? times[i] + trace.boundNanos(i) : request.deadlineNanos()));
    }
    return workload(requests, Arrivals.windowNanos(times));
  }

  private double[] shares() {
    boolean anyExpects = services.stream().anyMatch(service -> service.expected().isPresent());
    return services.stream()
        .mapToDouble(service -> anyExpects ? expectedRate(service) : 1)
        .toArray();
  }

  private static int draw(double[] shares, SplittableRandom random) {
    double all = 0;
    for (double share : shares) {
      all += share;
    }
    double left = all * random.nextDouble();
    for (int s = 0; s < shares.length - 1; s++) {
      left -= shares[s];
      if (left < 0) {
        return s;
      }
    }
    return shares.length - 1;
  }

  private Workload.Request request(int service, long time, Tier recorded) {
    ServiceSettings called = services.get(service);
    Tier tier = recorded == Tier.INTERACTIVE ? called.objective().tier() : recorded;
    long latency = PlanProblem.latencyNanos(called);
    long deadline = tier == Tier.OFFLINE ? RequestDescriptor.NO_DEADLINE : time + latency;
    return new Workload.Request(service, time, 1, tier, 0, deadline);
  }

  private Workload workload(List<Workload.Request> requests, long window) {
    Workload.Builder workload = new Workload.Builder(window, requests.size());
    for (int i = 0; i < requests.size(); i++) {
      workload.add(withLength(requests.get(i), i));
    }
    return workload.build();
  }

  private Workload.Request withLength(Workload.Request request, int i) {
    ServiceSettings called = services.get(request.service());
    boolean matters = VariantCosts.dependOnLength(called);
    @Nullable Integer given = lengths.length == 0 ? null : lengths[i % lengths.length];
    int length = !matters ? 1 : given == null ? request.length() : given;
    return new Workload.Request(
        request.service(),
        request.arrivalNanos(),
        length,
        request.tier(),
        request.tenant(),
        request.deadlineNanos());
  }
}
