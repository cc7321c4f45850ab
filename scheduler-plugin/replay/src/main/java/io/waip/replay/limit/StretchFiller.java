package io.waip.replay.limit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Fills gaps of workers with batches, each time a little differently: on the worker that is free
 * first it looks at several heads, length caps and starts, and takes the batch that serves most for
 * its time.
 */
final class StretchFiller {
  private static final int MOST_HEADS = 6;
  private static final int MOST_STARTS = 4;
  private static final double NOISE = 0.15;

  private final BatchTimes times;
  private final SplittableRandom random;

  /** Requests of one fill, by deadline; the first {@code count}. */
  private int[] queue = {};

  private boolean[] taken = {};
  private boolean byWork;
  private int heads;
  private int starts;

  StretchFiller(BatchTimes times, SplittableRandom random) {
    this.times = times;
    this.random = random;
  }

  /** Free time of a worker. */
  private record Gap(int worker, long freeNanos, long untilNanos) {}

  /** A batch that is considered. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares or prints candidates.
  private record Candidate(long start, long end, int[] positions, double score) {}

  /**
   * Returns batches for the gaps.
   *
   * @param frees when each gap begins
   * @param untils when it ends
   * @param requests that may be served
   */
  List<PlacedBatch> fill(long[] frees, long[] untils, int[] requests) {
    queue =
        Arrays.stream(requests)
            .boxed()
            .sorted(Comparator.<Integer>comparingLong(times::deadline).thenComparing(i -> i))
            .mapToInt(i -> i)
            .toArray();
    taken = new boolean[queue.length];
    byWork = random.nextInt(3) == 0;
    heads = 1 + random.nextInt(MOST_HEADS);
    starts = random.nextInt(MOST_STARTS);
    long[] nows = frees.clone();
    boolean[] closed = new boolean[nows.length];
    List<PlacedBatch> placed = new ArrayList<>();
    for (int worker = next(nows, closed); worker >= 0; worker = next(nows, closed)) {
      Candidate best = best(new Gap(worker, nows[worker], untils[worker]));
      if (best != null) {
        placed.add(place(worker, best));
        nows[worker] = best.end();
      } else {
        nows[worker] = nextArrival(nows[worker]);
        closed[worker] = nows[worker] >= untils[worker];
      }
    }
    return placed;
  }

  private static int next(long[] nows, boolean[] closed) {
    int next = -1;
    for (int w = 0; w < nows.length; w++) {
      if (!closed[w] && (next < 0 || nows[w] < nows[next])) {
        next = w;
      }
    }
    return next;
  }

  private PlacedBatch place(int worker, Candidate candidate) {
    int[] members = new int[candidate.positions().length];
    for (int i = 0; i < members.length; i++) {
      members[i] = queue[candidate.positions()[i]];
      taken[candidate.positions()[i]] = true;
    }
    return new PlacedBatch(worker, candidate.start(), candidate.end(), members);
  }

  private long nextArrival(long nowNanos) {
    long next = Long.MAX_VALUE / 2;
    for (int i = 0; i < queue.length; i++) {
      if (!taken[i] && times.arrival(queue[i]) > nowNanos) {
        next = Math.min(next, times.arrival(queue[i]));
      }
    }
    return next;
  }

  private @Nullable Candidate best(Gap gap) {
    Candidate best = null;
    long start = gap.freeNanos();
    for (int s = 0; s <= starts && start < gap.untilNanos(); s++) {
      best = better(best, bestAt(start, gap));
      start = nextArrival(start);
    }
    return best;
  }

  private static @Nullable Candidate better(@Nullable Candidate one, @Nullable Candidate other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.score() > one.score() ? other : one;
  }

  private @Nullable Candidate bestAt(long start, Gap gap) {
    Candidate best = null;
    int seen = 0;
    for (int head = 0; head < queue.length && seen < heads; head++) {
      if (canStart(head, start, gap)) {
        seen++;
        int own = times.length(queue[head]);
        best = better(best, grow(head, Integer.MAX_VALUE, start, gap));
        best = better(best, grow(head, own, start, gap));
        int cap = own + random.nextInt(own + 1);
        best = better(best, grow(head, cap, start, gap));
      }
    }
    return best;
  }

  private boolean canStart(int position, long start, Gap gap) {
    int request = queue[position];
    return !taken[position]
        && times.arrival(request) <= start
        && start + times.nanos(gap.worker(), times.service(request), 1, times.length(request))
            <= Math.min(gap.untilNanos(), times.deadline(request));
  }

  /** The largest batch from a head on, of requests of its service no longer than a cap. */
  private Candidate grow(int head, int cap, long start, Gap gap) {
    int service = times.service(queue[head]);
    long end = Math.min(gap.untilNanos(), times.deadline(queue[head]));
    int most = Math.min(times.maxBatch(gap.worker(), service), queue.length - head);
    int[] positions = new int[most];
    int size = 0;
    int longest = 0;
    double work = 0;
    for (int i = head; i < queue.length && size < most; i++) {
      int length = times.length(queue[i]);
      if (!isCandidate(i, service, start) || length > Math.max(cap, 1)) {
        continue;
      }
      int grown = Math.max(longest, length);
      if (start + times.nanos(gap.worker(), service, size + 1, grown) <= end) {
        positions[size++] = i;
        longest = grown;
        work += length;
      } else if (grown == longest) {
        break;
      }
    }
    long nanos = times.nanos(gap.worker(), service, size, longest);
    double gain = byWork ? work / longest : size;
    double noise = 1 + NOISE * random.nextDouble();
    return new Candidate(
        start,
        start + nanos,
        Arrays.copyOf(positions, size),
        gain * noise / (start + nanos - gap.freeNanos()));
  }

  private boolean isCandidate(int position, int service, long start) {
    return !taken[position]
        && times.arrival(queue[position]) <= start
        && times.service(queue[position]) == service;
  }
}
