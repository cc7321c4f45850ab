package io.waip.replay.limit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Schedules of requests of one service and length whose deadlines ascend with their arrivals, on
 * workers that are alike: by dynamic programming over the requests in order, where each is left out
 * or begins a batch of the next ones on the worker that is free first.
 *
 * <p>On one worker some optimal schedule has this form: members of a batch can be exchanged for
 * earlier ones that are served later, and a request between two members for the later of them.
 * Exact there as long as no more than {@value Front#WIDTH} states survive at a request; elsewhere a
 * search.
 */
final class AgreeableSearch {
  /**
   * What was decided about the requests so far.
   *
   * @param frees when each worker is free, ascending
   * @param batch the last batch; null at the start
   * @param before the state it was added to
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares or prints states.
  private record State(
      int served, long[] frees, @Nullable PlacedBatch batch, @Nullable State before) {
    /** Says whether the other can do nothing this one cannot. */
    boolean dominates(int otherServed, long[] others) {
      if (served < otherServed) {
        return false;
      }
      for (int w = 0; w < frees.length; w++) {
        if (frees[w] > others[w]) {
          return false;
        }
      }
      return true;
    }
  }

  /** The most promising states at a request, best first, none of them dominated. */
  private static final class Front {
    static final int WIDTH = 32;

    final List<State> states = new ArrayList<>();
    private final List<Double> promises = new ArrayList<>();

    /** Says whether a state would be kept. */
    boolean wants(double promise, int served, long[] frees) {
      if (states.size() == WIDTH && promise <= promises.getLast()) {
        return false;
      }
      for (State state : states) {
        if (state.dominates(served, frees)) {
          return false;
        }
      }
      return true;
    }

    void add(double promise, State added) {
      for (int i = states.size() - 1; i >= 0; i--) {
        if (added.dominates(states.get(i).served(), states.get(i).frees())) {
          states.remove(i);
          promises.remove(i);
        }
      }
      int at = promises.size();
      while (at > 0 && promises.get(at - 1) < promise) {
        at--;
      }
      states.add(at, added);
      promises.add(at, promise);
      if (states.size() > WIDTH) {
        states.removeLast();
        promises.removeLast();
      }
    }
  }

  private final BatchTimes times;
  private final long[] nanos;
  private final double ratePerNano;
  private final @Nullable Front[] fronts;

  private AgreeableSearch(BatchTimes times) {
    this.times = times;
    nanos = new long[times.maxBatch(0, 0) + 1];
    for (int b = 1; b < nanos.length; b++) {
      nanos[b] = times.nanos(0, 0, b, times.length(0));
    }
    ratePerNano = times.bestRate(0, 0, times.length(0));
    fronts = new Front[times.size() + 1];
  }

  /** Says whether the requests are of that kind. */
  static boolean applies(BatchTimes times) {
    for (int i = 1; i < times.size(); i++) {
      if (times.length(i) != times.length(0) || times.deadline(i) < times.deadline(i - 1)) {
        return false;
      }
    }
    return times.size() > 0 && times.isUniform();
  }

  /** Returns the best schedule found. */
  static Schedule run(BatchTimes times) {
    return new AgreeableSearch(times).search();
  }

  private Schedule search() {
    offer(0, new State(0, new long[times.workers()], null, null));
    for (int i = 0; i < times.size(); i++) {
      Front front = front(i);
      fronts[i] = null;
      for (State state : front.states) {
        offer(i + 1, state);
        extend(i, state);
      }
    }
    State best = front(times.size()).states.getFirst();
    return scheduleOf(best);
  }

  private Front front(int at) {
    Front front = fronts[at];
    if (front == null) {
      front = new Front();
      fronts[at] = front;
    }
    return front;
  }

  private void offer(int at, State state) {
    double promise = promise(at, state.served(), state.frees());
    if (front(at).wants(promise, state.served(), state.frees())) {
      front(at).add(promise, state);
    }
  }

  private void extend(int first, State state) {
    int most = Math.min(times.maxBatch(0, 0), times.size() - first);
    long deadline = times.deadline(first);
    long[] frees = new long[state.frees().length];
    for (int b = 1; b <= most; b++) {
      long start = Math.max(state.frees()[0], times.arrival(first + b - 1));
      if (start >= deadline) {
        return;
      }
      if (start + nanos[b] <= deadline) {
        replaceFirst(state.frees(), start + nanos[b], frees);
        int served = state.served() + b;
        double promise = promise(first + b, served, frees);
        if (front(first + b).wants(promise, served, frees)) {
          PlacedBatch batch = new PlacedBatch(0, start, start + nanos[b], range(first, b));
          front(first + b).add(promise, new State(served, frees.clone(), batch, state));
        }
      }
    }
  }

  private static int[] range(int first, int size) {
    int[] members = new int[size];
    Arrays.setAll(members, i -> first + i);
    return members;
  }

  private static void replaceFirst(long[] ascending, long value, long[] into) {
    int at = 0;
    while (at + 1 < ascending.length && ascending[at + 1] < value) {
      into[at] = ascending[at + 1];
      at++;
    }
    into[at] = value;
    System.arraycopy(ascending, at + 1, into, at + 1, ascending.length - at - 1);
  }

  /** Served so far, less what could be served in the time that is taken already. */
  private double promise(int at, int served, long[] frees) {
    if (at == times.size()) {
      return served;
    }
    double taken = 0;
    for (long free : frees) {
      taken += Math.max(0, free - times.arrival(at));
    }
    return served - taken * ratePerNano;
  }

  private Schedule scheduleOf(State last) {
    List<PlacedBatch> backwards = new ArrayList<>();
    for (State state = last; state != null && state.batch() != null; state = state.before()) {
      backwards.add(state.batch());
    }
    List<PlacedBatch> placed = new ArrayList<>();
    long[] frees = new long[times.workers()];
    for (PlacedBatch batch : backwards.reversed()) {
      int worker = 0;
      for (int w = 1; w < frees.length; w++) {
        worker = frees[w] < frees[worker] ? w : worker;
      }
      frees[worker] = batch.endNanos();
      placed.add(new PlacedBatch(worker, batch.startNanos(), batch.endNanos(), batch.members()));
    }
    return new Schedule(placed);
  }
}
