package io.waip.replay.capacity;

import io.waip.replay.Devices;
import io.waip.replay.Noise;
import io.waip.replay.Replay;
import io.waip.replay.ReplaySpec;
import io.waip.replay.limit.BatchCost;
import io.waip.replay.limit.FleetLimits;
import io.waip.replay.limit.ServiceCost;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.DeviceSpec;
import io.waip.replay.spec.ServiceSpec;
import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The requests of a question as devices of some offers see them, and what limits their service.
 *
 * <p>Under noise a batch can be faster than its nominal time, so the nominal limit rules nothing
 * out. No batch is faster than nominal times the least factor that the run will draw: every request
 * is dispatched at most once, so of {@code n} requests at most the first n factors are drawn. The
 * limit at times that fast is a bound for the noisy run too.
 */
final class Demand {
  /** More than rounding to nanoseconds takes from a time, as a share of it. */
  private static final double ROUNDING = 1e-6;

  private final CapacityQuestion question;
  private final Workload workload;
  private final FleetLimits nominal;
  private final FleetLimits fastest;
  private final double needed;

  private Demand(CapacityQuestion question, List<DeviceSpec> devices) {
    this.question = question;
    Devices one = new Devices(devices, question.maxBatch(), List.of());
    workload =
        Replay.requests(new ReplaySpec(question.traffic(), specs(question), one, question.noise()));
    nominal = FleetLimits.of(workload, costs(devices, 1));
    double least = leastFactor(question.noise(), workload.size());
    fastest = least == 1 ? nominal : FleetLimits.of(workload, costs(devices, least));
    needed = needed();
  }

  /** Makes the requests for devices of these offers. */
  static Demand of(CapacityQuestion question, List<Offer> offers) {
    return new Demand(question, offers.stream().map(o -> device(question, o, 1)).toList());
  }

  static List<ServiceSpec> specs(CapacityQuestion question) {
    return question.services().stream().map(ServiceTarget::service).toList();
  }

  /** Returns devices of an offer as a replay knows them. */
  static DeviceSpec device(CapacityQuestion question, Offer offer, int count) {
    DeviceKind kind = question.kind(offer.kind());
    String name = offer.isSpot() ? kind.name() + ".spot" : kind.name();
    return new DeviceSpec(name, count, kind.speed(), kind.costs());
  }

  private List<List<ServiceCost>> costs(List<DeviceSpec> devices, double factor) {
    List<List<ServiceCost>> classes = new ArrayList<>();
    for (DeviceSpec device : devices) {
      List<ServiceCost> costs = new ArrayList<>();
      for (int s = 0; s < question.services().size(); s++) {
        CostSpec cost = device.cost(s, question.services().get(s).service().cost());
        costs.add(new ServiceCost(BatchCost.of(cost), 1, question.maxBatch()).atSpeed(1 / factor));
      }
      classes.add(costs);
    }
    return classes;
  }

  /** Returns the least of the noise factors that a run of so many batches may draw, at most 1. */
  static double leastFactor(Noise noise, int batches) {
    double variation = noise.coefficientOfVariation();
    if (variation == 0) {
      return 1;
    }
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(noise.seed());
    double least = 0;
    for (int b = 0; b < batches; b++) {
      least = Math.min(least, random.nextGaussian());
    }
    double sigma = Math.sqrt(Math.log1p(variation * variation));
    return Math.exp(sigma * least - sigma * sigma / 2) * (1 - ROUNDING);
  }

  private double needed() {
    int[] calls = new int[question.services().size()];
    for (int i = 0; i < workload.size(); i++) {
      calls[workload.service(i)]++;
    }
    double sum = 0;
    for (int s = 0; s < calls.length; s++) {
      sum += calls[s] * question.services().get(s).attainment();
    }
    return sum;
  }

  /** Returns the requests. */
  Workload workload() {
    return workload;
  }

  /** Returns how many requests have to be served in time that every service reaches its target. */
  double neededRequests() {
    return needed;
  }

  /** Returns the limits at nominal times. */
  FleetLimits nominal() {
    return nominal;
  }

  /** Returns how many requests no run with this question's noise serves in time. */
  double mostRequests(List<Integer> workers) {
    return fastest.at(workers).requests();
  }
}
