package io.waip.replay.capacity;

import io.waip.replay.Noise;
import io.waip.replay.Pace;
import io.waip.replay.Traffic;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** Questions for tests, and their answers by replaying every number. */
final class Questions {
  static final long MS = 1_000_000L;
  static final CostSpec COST = CostSpec.parse("alpha=4ms,beta=0.8ms");

  private Questions() {}

  static Traffic traffic(String arrivals, int requests, double perSecond) {
    return Traffic.generated(ArrivalSpec.parse(arrivals), requests, new Pace.Rate(perSecond));
  }

  static ServiceTarget target(long sloMillis, double attainment) {
    return new ServiceTarget(ServiceSpec.only(sloMillis * MS, COST), attainment);
  }

  /** One service in 50 ms for 99 % on devices of speed 1 at money 1, blocks of 1 s. */
  static CapacityQuestion simple(Traffic traffic, int most) {
    return new CapacityQuestion(
        traffic,
        List.of(target(50, 0.99)),
        List.of(DeviceKind.of("l4", most, 1, 1)),
        64,
        Noise.none(1),
        effort(0));
  }

  /** Spot devices at money 0.4 that are gone for 0.2 s after a notice of 20 ms. */
  static SpotTerms spot(double interruptionsPerHour) {
    return new SpotTerms(PriceCurve.flat(0.4), interruptionsPerHour, 20 * MS, 200 * MS);
  }

  static CapacityQuestion.Effort effort(int mixReplays) {
    BootstrapSettings bootstrap = new BootstrapSettings(1_000 * MS, 200, 0.05);
    return new CapacityQuestion.Effort(bootstrap, mixReplays, false);
  }

  /** Random rates, bursts, costs, objectives, targets, kinds and noise; some are hopeless. */
  static CapacityQuestion random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String[] arrivals = {"poisson", "gamma:cv=3", "gamma:cv=8", "mmpp:rates=1/4,dwell=300ms/100ms"};
    double perSecond = 500 + random.nextInt(5500);
    List<ServiceTarget> services = new ArrayList<>();
    for (int s = 0; s < 1 + random.nextInt(2); s++) {
      CostSpec cost =
          new CostSpec((1 + random.nextInt(8)) * MS, (0.2 + random.nextDouble()) * MS, 0);
      long slo = (8 + random.nextInt(80)) * MS;
      ServiceSpec spec = new ServiceSpec("s" + s, 1 + random.nextInt(3), slo, cost);
      services.add(new ServiceTarget(spec, 0.9 + 0.09 * random.nextDouble()));
    }
    List<DeviceKind> kinds = new ArrayList<>();
    for (int k = 0; k < 1 + random.nextInt(2); k++) {
      double speed = 0.5 + 1.5 * random.nextDouble();
      DeviceKind kind =
          DeviceKind.of("k" + k, 6 + random.nextInt(11), speed, 0.5 + random.nextDouble());
      boolean hasSpot = random.nextInt(3) == 0;
      kinds.add(hasSpot ? kind.withSpot(spot(3600 * random.nextDouble())) : kind);
    }
    Noise noise = new Noise(random.nextInt(3) * 0.1, seed);
    Traffic traffic = traffic(arrivals[random.nextInt(arrivals.length)], 4000, perSecond);
    return new CapacityQuestion(traffic, services, kinds, 32, noise, effort(0));
  }

  /** Heavy noise and a high target: whether a number suffices depends on which batch is late. */
  static CapacityQuestion hovering(long seed) {
    return new CapacityQuestion(
        traffic("poisson", 10_000, 3000),
        List.of(target(50, 0.999)),
        List.of(DeviceKind.of("l4", 16, 1, 1)),
        64,
        new Noise(0.5, seed),
        effort(0));
  }

  /** Returns the numbers that suffice, by a replay of each up to the most. */
  static BitSet bruteForce(CapacityQuestion question, Offer offer) {
    Trials trials = new Trials(question, _ -> {});
    BitSet suffices = new BitSet();
    for (int count = 1; count <= question.kind(offer.kind()).most(); count++) {
      suffices.set(count, trials.figures(offer.of(count)).suffices());
    }
    return suffices;
  }

  static OptionalInt first(BitSet suffices) {
    return suffices.stream().findFirst();
  }

  static boolean isMonotone(BitSet suffices, int most) {
    return suffices.isEmpty() || suffices.nextClearBit(suffices.nextSetBit(0)) > most;
  }
}
