package io.waip.replay;

import io.waip.replay.limit.BatchCost;
import io.waip.replay.limit.Capacity;
import io.waip.replay.spec.DeviceSpec;
import io.waip.replay.spec.ServiceSpec;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which service each request calls, drawn by the services' shares and the seed, and with which
 * length: 1 where the service's time depends on it on no kind of worker, so that no rule on padding
 * binds.
 */
final class OfferedServices {
  /** Keeps the draw apart from those of arrivals and noise. */
  private static final long SEED_SALT = 0x5E12_71CE;

  private final ReplaySpec spec;
  private final List<ServiceSpec> services;
  private final boolean[] dependsOnLength;
  private final byte[] calls;

  private OfferedServices(ReplaySpec spec, byte[] calls) {
    this.spec = spec;
    this.services = spec.services();
    this.calls = calls;
    dependsOnLength = new boolean[services.size()];
    for (int s = 0; s < dependsOnLength.length; s++) {
      int service = s;
      dependsOnLength[s] =
          spec.devices().classes().stream()
              .anyMatch(device -> spec.cost(service, device).dependsOnLength());
    }
  }

  /** Draws the services of all requests. */
  static OfferedServices of(ReplaySpec spec) {
    List<ServiceSpec> services = spec.services();
    byte[] calls = new byte[spec.traffic().requests()];
    if (services.size() > 1) {
      SplittableRandom random = new SplittableRandom(spec.noise().seed() ^ SEED_SALT);
      double all = services.stream().mapToDouble(ServiceSpec::share).sum();
      for (int i = 0; i < calls.length; i++) {
        calls[i] = draw(services, all * random.nextDouble());
      }
    }
    return new OfferedServices(spec, calls);
  }

  private static byte draw(List<ServiceSpec> services, double point) {
    double left = point;
    for (int s = 0; s < services.size() - 1; s++) {
      left -= services.get(s).share();
      if (left < 0) {
        return (byte) s;
      }
    }
    return (byte) (services.size() - 1);
  }

  /** Returns the service that request {@code i} calls. */
  int of(int i) {
    return calls[i];
  }

  /** Returns the latency objective of request {@code i}, nanoseconds. */
  long sloNanos(int i) {
    return services.get(calls[i]).sloNanos();
  }

  /** Returns the length of request {@code i}, {@code >= 1}. */
  int length(int i) {
    return dependsOnLength[calls[i]] ? spec.traffic().length(i) : 1;
  }

  /**
   * Returns what the devices serve in full batches within the objectives, with the services in
   * proportion to their requests. A kind of worker on which a request alone takes longer than its
   * objective counts for nothing.
   *
   * @return requests per second
   * @throws IllegalArgumentException if every kind counts for nothing; the message is one line for
   *     the user
   */
  double capacityPerSecond(Devices devices) {
    double total = 0;
    for (DeviceSpec device : devices.classes()) {
      double nanos = 0;
      for (int s = 0; s < services.size(); s++) {
        nanos += nanos(s, device, devices.maxBatch());
      }
      total += device.count() * 1e9 * calls.length / nanos;
    }
    if (total == 0) {
      throw tooSlow(devices);
    }
    return total;
  }

  private double nanos(int service, DeviceSpec device, int maxBatch) {
    return Capacity.totalNanos(
        lengthsOf(service),
        BatchCost.of(spec.cost(service, device)),
        new Capacity.Batches(maxBatch, 0),
        services.get(service).sloNanos());
  }

  private IllegalArgumentException tooSlow(Devices devices) {
    DeviceSpec fastest =
        devices.classes().stream().max(Comparator.comparingDouble(DeviceSpec::speed)).orElseThrow();
    for (int s = 0; s < services.size(); s++) {
      if (nanos(s, fastest, devices.maxBatch()) == Double.POSITIVE_INFINITY) {
        BatchCost cost = BatchCost.of(spec.cost(s, fastest));
        int longest = Arrays.stream(lengthsOf(s)).max().orElseThrow();
        return Capacity.tooSlow(longest, cost, 0, services.get(s).sloNanos());
      }
    }
    return new IllegalArgumentException(
        "on every kind of worker some service's request takes longer than its slo; allowed: one kind"
            + " that serves all in time; remedy: raise an slo or a speed");
  }

  private int[] lengthsOf(int service) {
    return IntStream.range(0, calls.length)
        .filter(i -> calls[i] == service)
        .map(this::length)
        .toArray();
  }
}
