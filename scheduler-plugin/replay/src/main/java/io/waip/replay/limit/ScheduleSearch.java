package io.waip.replay.limit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Improves a schedule by large neighbourhood search: a stretch of time around a request that is not
 * served is emptied and filled anew by a randomised constructor; what serves no fewer is kept.
 *
 * <p>After P. Shaw, "Using Constraint Programming and Local Search Methods to Solve Vehicle Routing
 * Problems", CP 1998. Deterministic for a seed.
 */
final class ScheduleSearch {
  private static final int MOST_CANDIDATES = 600;
  private static final double SHORTEST_STRETCH = 0.3;
  private static final double LONGEST_STRETCH = 3;

  /** The part of a worker's time that is emptied: batches {@code [from, to)} of its lane. */
  private record Cut(int from, int to) {}

  private final BatchTimes times;
  private final SplittableRandom random;
  private final StretchFiller filler;
  private final List<List<PlacedBatch>> lanes;
  private final boolean[] served;
  private final int[] unserved;
  private int unservedCount;

  private ScheduleSearch(BatchTimes times, Schedule start, long seed) {
    this.times = times;
    random = new SplittableRandom(seed);
    filler = new StretchFiller(times, random);
    lanes = start.lanes(times.workers());
    served = new boolean[times.size()];
    unserved = new int[times.size()];
    start.batches().forEach(batch -> mark(batch, true));
  }

  /**
   * Searches from a feasible schedule.
   *
   * @param rounds stretches filled anew
   * @return a feasible schedule that serves no fewer requests
   */
  static Schedule improve(BatchTimes times, Schedule start, int rounds, long seed) {
    ScheduleSearch search = new ScheduleSearch(times, start, seed);
    for (int round = 0; round < rounds; round++) {
      search.listUnserved(round);
      if (search.unservedCount == 0) {
        break;
      }
      search.round();
    }
    return new Schedule(search.lanes.stream().flatMap(List::stream).toList());
  }

  private void mark(PlacedBatch batch, boolean value) {
    for (int request : batch.members()) {
      served[request] = value;
    }
  }

  /** The list is made anew now and then; an entry that was served meanwhile is skipped. */
  private void listUnserved(int round) {
    if (round % 64 == 0) {
      unservedCount = 0;
      for (int i = 0; i < served.length; i++) {
        if (!served[i]) {
          unserved[unservedCount++] = i;
        }
      }
    }
  }

  private void round() {
    int centre = unserved[random.nextInt(unservedCount)];
    if (served[centre]) {
      return;
    }
    double window = times.deadline(centre) - times.arrival(centre);
    double scale = Math.min(window, 16.0 * scaleNanos(times.service(centre)));
    long stretch = (long) (scale * random.nextDouble(SHORTEST_STRETCH, LONGEST_STRETCH)) + 1;
    long middle =
        times.arrival(centre) + (long) (random.nextDouble() * Math.min(window, 2 * scale));
    refill(middle - stretch / 2, middle + stretch / 2);
  }

  private long scaleNanos(int service) {
    return times.nanos(0, service, times.maxBatch(0, service), 1);
  }

  private void refill(long fromNanos, long toNanos) {
    Cut[] cuts = new Cut[lanes.size()];
    long[] frees = new long[lanes.size()];
    long[] untils = new long[lanes.size()];
    int removed = 0;
    for (int w = 0; w < cuts.length; w++) {
      List<PlacedBatch> lane = lanes.get(w);
      int from = firstFrom(lane, fromNanos);
      int to = Math.max(from, firstFrom(lane, toNanos));
      cuts[w] = new Cut(from, to);
      frees[w] = from == 0 ? 0 : lane.get(from - 1).endNanos();
      untils[w] = to == lane.size() ? Long.MAX_VALUE / 4 : lane.get(to).startNanos();
      for (PlacedBatch batch : lane.subList(from, to)) {
        mark(batch, false);
        removed += batch.size();
      }
    }
    List<PlacedBatch> filled =
        filler.fill(frees, untils, candidates(frees, Math.min(toNanos, horizon(untils))));
    int added = filled.stream().mapToInt(PlacedBatch::size).sum();
    settle(cuts, added >= removed ? filled : null);
  }

  private static long horizon(long[] untils) {
    return Arrays.stream(untils).max().orElseThrow();
  }

  /** Returns the position of the first batch that starts at a time or later. */
  private static int firstFrom(List<PlacedBatch> lane, long nanos) {
    int low = 0;
    int high = lane.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (lane.get(middle).startNanos() < nanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Returns requests that are not served and whose windows reach into the gaps, the latest first.
   */
  private int[] candidates(long[] frees, long untilNanos) {
    long first = Arrays.stream(frees).min().orElseThrow();
    int[] found = new int[MOST_CANDIDATES];
    int count = 0;
    for (int i = firstArrivalFrom(untilNanos) - 1; i >= 0 && count < MOST_CANDIDATES; i--) {
      if (!served[i] && times.deadline(i) > first) {
        found[count++] = i;
      } else if (times.deadline(i) <= first
          && times.arrival(i) + times.longestWindowNanos() <= first) {
        break;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private int firstArrivalFrom(long nanos) {
    int low = 0;
    int high = times.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times.arrival(middle) < nanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void settle(Cut[] cuts, @Nullable List<PlacedBatch> filled) {
    for (int w = 0; w < cuts.length; w++) {
      List<PlacedBatch> stretch = lanes.get(w).subList(cuts[w].from(), cuts[w].to());
      if (filled != null) {
        int worker = w;
        List<PlacedBatch> mine =
            new ArrayList<>(filled.stream().filter(b -> b.worker() == worker).toList());
        stretch.clear();
        stretch.addAll(mine);
        mine.forEach(batch -> mark(batch, true));
      } else {
        stretch.forEach(batch -> mark(batch, true));
      }
    }
  }
}
