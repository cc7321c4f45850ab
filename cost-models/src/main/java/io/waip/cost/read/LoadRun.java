package io.waip.cost.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The requests of one load, as a client saw them, and the windows it measured in.
 *
 * @param isClosedLoop whether a number of requests is kept in flight, and not a rate sent
 * @param load that number, or the rate in requests per second; 0 for a schedule of the user's
 * @param requests in any order
 * @param boundaries where windows begin and end, nanoseconds, ascending; at least two
 */
record LoadRun(
    boolean isClosedLoop, double load, List<TimedRequest> requests, List<Long> boundaries) {
  /** Windows that count, the last ones: those before were not yet stable. */
  static final int STABLE_WINDOWS = 3;

  /**
   * A request and its answer.
   *
   * @param sentNanos when it was sent, nanoseconds of the client's clock
   * @param firstNanos when its first response came
   * @param lastNanos when its last response came
   */
  record TimedRequest(long sentNanos, long firstNanos, long lastNanos) {}

  LoadRun {
    requests = List.copyOf(requests);
    boundaries = List.copyOf(boundaries);
  }

  /** Says whether some request had several responses. */
  boolean isStreamed() {
    return requests.stream().anyMatch(request -> request.firstNanos < request.lastNanos);
  }

  /**
   * Returns the times to the first response, nanoseconds, of the requests that were sent in a
   * window that counts while no other was in flight.
   *
   * <p>What came before a request decides, never what came while it ran: a long execution is as
   * likely to be taken as a short one.
   */
  long[] timesAlone() {
    if (isClosedLoop && load > 1) {
      return new long[0];
    }
    List<TimedRequest> inOrder = new ArrayList<>(requests);
    inOrder.sort(Comparator.comparingLong(TimedRequest::sentNanos));
    long from = boundaries.get(Math.max(0, boundaries.size() - 1 - STABLE_WINDOWS));
    long busyUntil = Long.MIN_VALUE;
    long[] times = new long[inOrder.size()];
    int count = 0;
    for (TimedRequest request : inOrder) {
      if (request.sentNanos >= from && request.sentNanos >= busyUntil) {
        times[count++] = request.firstNanos - request.sentNanos;
      }
      busyUntil = Math.max(busyUntil, request.lastNanos);
    }
    return Arrays.copyOf(times, count);
  }
}
