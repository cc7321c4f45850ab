package io.waip.scheduler.runtime;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import java.util.Arrays;

/** What a driver knows of each request it sent; ids run from 0. */
final class RequestBook {
  /** Where a request is. */
  enum State {
    UNKNOWN,
    QUEUED,
    RUNNING,
    WITHDRAWN,
    ENDED
  }

  private State[] state = new State[1024];
  private int[] service = new int[1024];
  private int[] tenant = new int[1024];
  private int[] length = new int[1024];
  private int[] region = new int[1024];
  private int[] place = new int[1024];
  private Tier[] tier = new Tier[1024];
  private long[] deadlineNanos = new long[1024];
  private double[] floor = new double[1024];
  private int[] queue = new int[1024];
  private int queued;
  private int arrived;

  RequestBook() {
    Arrays.fill(state, State.UNKNOWN);
  }

  /** Enters a request as queued; its id must be the number of requests so far. */
  void add(RequestDescriptor request) {
    int id = arrived++;
    if (id == state.length) {
      grow();
    }
    service[id] = request.service();
    tenant[id] = request.tenant();
    length[id] = request.length();
    region[id] = request.region();
    tier[id] = request.tier();
    deadlineNanos[id] = request.deadlineNanos();
    floor[id] = request.qualityFloor();
    state[id] = State.QUEUED;
    place[id] = queued;
    queue[queued++] = id;
  }

  private void grow() {
    int old = state.length;
    int larger = old * 2;
    state = Arrays.copyOf(state, larger);
    Arrays.fill(state, old, larger, State.UNKNOWN);
    service = Arrays.copyOf(service, larger);
    tenant = Arrays.copyOf(tenant, larger);
    length = Arrays.copyOf(length, larger);
    region = Arrays.copyOf(region, larger);
    place = Arrays.copyOf(place, larger);
    tier = Arrays.copyOf(tier, larger);
    deadlineNanos = Arrays.copyOf(deadlineNanos, larger);
    floor = Arrays.copyOf(floor, larger);
    queue = Arrays.copyOf(queue, larger);
  }

  void move(int id, State next) {
    if (state[id] == State.QUEUED) {
      int last = queue[--queued];
      queue[place[id]] = last;
      place[last] = place[id];
    }
    state[id] = next;
  }

  State state(long id) {
    return id < 0 || id >= arrived ? State.UNKNOWN : state[(int) id];
  }

  int arrived() {
    return arrived;
  }

  int queued() {
    return queued;
  }

  int queuedAt(int i) {
    return queue[i];
  }

  int queued(int ofService) {
    int count = 0;
    for (int i = 0; i < queued; i++) {
      count += service[queue[i]] == ofService ? 1 : 0;
    }
    return count;
  }

  int service(int id) {
    return service[id];
  }

  int tenant(int id) {
    return tenant[id];
  }

  int length(int id) {
    return length[id];
  }

  int region(int id) {
    return region[id];
  }

  Tier tier(int id) {
    return tier[id];
  }

  long deadlineNanos(int id) {
    return deadlineNanos[id];
  }

  double floor(int id) {
    return floor[id];
  }
}
