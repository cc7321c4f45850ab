package io.waip.cli.bench.planner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Requests of phases that follow one another, in order.
 *
 * @param requests by intended send time
 * @param seconds length of each phase
 * @param phases in order
 */
record PhasedLoad(List<Request> requests, double seconds, List<Phase> phases) {
  private static final double SECOND_NANOS = 1e9;

  /**
   * A request.
   *
   * @param nanos intended send time since the start
   */
  record Request(long nanos, int service, int length) {}

  PhasedLoad {
    requests = List.copyOf(requests);
    phases = List.copyOf(phases);
  }

  /** Draws Poisson arrivals for each stream of each phase. */
  static PhasedLoad draw(List<Phase> phases, double seconds, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Request> requests = new ArrayList<>();
    for (int p = 0; p < phases.size(); p++) {
      for (Phase.Stream stream : phases.get(p).streams()) {
        double at = 0;
        while (true) {
          at -= Math.log(1 - random.nextDouble()) / stream.perSecond();
          if (at >= seconds) {
            break;
          }
          int length = random.nextInt(stream.shortest(), stream.longest() + 1);
          long nanos = Math.round((p * seconds + at) * SECOND_NANOS);
          requests.add(new Request(nanos, stream.service(), length));
        }
      }
    }
    requests.sort(Comparator.comparingLong(Request::nanos));
    return new PhasedLoad(requests, seconds, phases);
  }

  /** Returns when a phase begins, nanoseconds. */
  long startNanos(int phase) {
    return Math.round(phase * seconds * SECOND_NANOS);
  }
}
