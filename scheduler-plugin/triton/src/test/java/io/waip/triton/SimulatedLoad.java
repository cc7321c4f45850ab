package io.waip.triton;

import io.waip.nativebridge.rings.RehearsalFront;
import io.waip.triton.LoopBench.Decision;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Poisson requests of one length through a loop in virtual time, whose children take what a curve
 * says, with noise. One instance of one variant. Counts what became of the requests.
 */
final class SimulatedLoad {
  static final long OBJECTIVE_NANOS = 50 * Specs.MS;
  private static final int LENGTH = 128;
  private static final int SLOTS = 1024;
  private static final long STEP_NANOS = 500_000;
  private static final double NOISE = 0.05;

  /** True execution times, nanoseconds. */
  interface Curve {
    double nanos(int batch, int length);
  }

  /** What became of the requests. */
  record Counts(int inTime, int late, int refused) {
    int lost() {
      return late + refused;
    }
  }

  private record Child(long id, long endNanos, double nanos) {}

  private final LoopBench bench;
  private final Curve curve;
  private final SplittableRandom random;
  private final long[] deadlines = new long[SLOTS];
  private final Map<Long, ArrayDeque<Integer>> members = new HashMap<>();
  private final PriorityQueue<Child> running =
      new PriorityQueue<>(Comparator.comparingLong(Child::endNanos));
  private long freeNanos;
  private int inTime;
  private int late;
  private int refused;

  SimulatedLoad(LoopBench bench, Curve curve, long seed) {
    this.bench = bench;
    this.curve = curve;
    random = new SplittableRandom(seed);
    bench.open(0, "embed", 32, 1);
  }

  /** Sends requests and waits until all are decided and answered. */
  Counts run(int requests, double perSecond) {
    long next = bench.now;
    for (int request = 0; request < requests; request++) {
      next += Math.round(-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
      passUntil(next);
      submit(request);
    }
    passUntil(bench.now + 4 * OBJECTIVE_NANOS);
    return new Counts(inTime, late, refused);
  }

  private void passUntil(long until) {
    while (bench.now < until) {
      long end = running.isEmpty() ? Long.MAX_VALUE : running.peek().endNanos();
      bench.now = Math.min(Math.min(until, end), bench.now + STEP_NANOS);
      while (!running.isEmpty() && running.peek().endNanos() <= bench.now) {
        end(running.remove());
      }
      turn();
    }
  }

  private void submit(int request) {
    int slot = request % SLOTS;
    deadlines[slot] = bench.now + OBJECTIVE_NANOS;
    bench.request(slot, 1 + request / SLOTS).shape(LENGTH, 1).submit();
    turn();
  }

  private void turn() {
    bench.turn();
    RehearsalFront front = bench.front();
    for (Decision decision : LoopBench.decisions(front)) {
      if (!decision.dispatch()) {
        refused++;
        continue;
      }
      members.computeIfAbsent(decision.id(), id -> started(decision)).add(decision.slot());
    }
  }

  private ArrayDeque<Integer> started(Decision first) {
    double noise = Math.exp(NOISE * random.nextGaussian());
    double nanos = curve.nanos(first.members(), first.paddedLength()) * noise;
    freeNanos = Math.max(freeNanos, bench.now) + Math.round(nanos);
    running.add(new Child(first.id(), freeNanos, nanos));
    return new ArrayDeque<>();
  }

  private void end(Child child) {
    for (int slot : Objects.requireNonNull(members.remove(child.id()))) {
      if (child.endNanos() <= deadlines[slot]) {
        inTime++;
      } else {
        late++;
      }
    }
    bench.front().completed(child.id(), Math.round(child.nanos()));
  }
}
