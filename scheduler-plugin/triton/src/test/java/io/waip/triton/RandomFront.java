package io.waip.triton;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Reason;
import io.waip.nativebridge.rings.ChannelView;
import io.waip.nativebridge.rings.NameHash;
import io.waip.nativebridge.rings.RehearsalFront;
import io.waip.triton.LoopBench.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * A front that does at random what a front may do, and checks each decision against what it knows
 * itself: decided once, while held, with companions that may share a child, within the instances.
 */
final class RandomFront {
  /** What happened at least once, for the report. */
  enum Reached {
    SUBMITTED,
    GARBLED,
    UNKNOWN_TENANT,
    DISPATCHED,
    SHARED_CHILD,
    PADDED,
    SPLIT_BY_KEY,
    ROWS_FILLED,
    ALONE,
    REFUSED,
    EVICTED,
    WITHDRAWN_HELD,
    WITHDRAWN_DECIDED,
    FAILED,
    SLOT_REUSED_WHILE_RUNNING,
    REOPENED_WITH_HELD,
    INSTANCES_CHANGED,
    DRAINED
  }

  private static final int SLOTS = 64;
  private static final String[] TENANTS = {"gold", "free", "nobody"};

  private record Request(int length, int rows, long key, boolean alone, boolean garbled) {}

  private final LoopBench bench;
  private final Random random;
  private final Map<Reached, Long> reached;
  private final Map<Integer, Request> held = new HashMap<>();
  private final int[] generations = new int[SLOTS];
  private final boolean[] running = new boolean[SLOTS];
  private final Map<Long, List<Integer>> children = new TreeMap<>();
  private final Map<Long, Integer> variantOf = new HashMap<>();
  private final Map<Long, Boolean> garbledChild = new HashMap<>();
  private int instances = 2;
  private int maxBatch = 8;
  private int leastInstances = 2;

  RandomFront(LoopBench bench, long seed, Map<Reached, Long> reached) {
    this.bench = bench;
    this.reached = reached;
    random = new Random(seed);
    bench.open(0, "embed", maxBatch, instances);
    front().variantInstances(1, 1);
    bench.later(60);
  }

  static Map<Reached, Long> nothingReached() {
    return new EnumMap<>(Reached.class);
  }

  private void count(Reached what) {
    reached.merge(what, 1L, Long::sum);
  }

  private RehearsalFront front() {
    return bench.front();
  }

  void step() {
    int dice = random.nextInt(100);
    if (dice < 55) {
      submit();
    } else if (dice < 80) {
      endChild();
    } else if (dice < 88) {
      withdraw();
    } else if (dice < 98) {
      bench.now += random.nextInt(30) * Specs.MS;
    } else if (dice == 98) {
      reopen();
    } else {
      changeInstances();
    }
    turn();
  }

  private void turn() {
    boolean before = front().isPlanned();
    bench.turn();
    takeDecisions();
    if (!before && front().isPlanned()) {
      count(Reached.DRAINED);
      leastInstances = instances;
    }
  }

  private void submit() {
    int slot = random.nextInt(SLOTS);
    if (!front().isPlanned() || held.containsKey(slot) || !front().hasRoom()) {
      return;
    }
    if (running[slot]) {
      count(Reached.SLOT_REUSED_WHILE_RUNNING);
      running[slot] = false;
    }
    generations[slot]++;
    boolean garbled = random.nextInt(50) == 0;
    Request request =
        new Request(
            garbled ? 0 : 1 + random.nextInt(400),
            1 + random.nextInt(random.nextInt(8) == 0 ? 5 : 1),
            random.nextInt(4) == 0 ? 7 : 0,
            random.nextInt(16) == 0,
            garbled);
    held.put(slot, request);
    String tenant = TENANTS[random.nextInt(30) == 0 ? 2 : random.nextInt(2)];
    long deadline = random.nextInt(10) == 0 ? bench.now + random.nextInt(60) * Specs.MS : 0;
    front()
        .request(slot, generations[slot])
        .times(bench.now, deadline)
        .named(NameHash.of(tenant), 0, random.nextInt(4))
        .merging(request.key(), request.alone())
        .shape(request.length(), request.rows())
        .submit();
    count(garbled ? Reached.GARBLED : Reached.SUBMITTED);
  }

  private void takeDecisions() {
    List<Decision> decisions = bench.decisions();
    for (int at = 0; at < decisions.size(); ) {
      Decision first = decisions.get(at);
      if (!first.dispatch()) {
        refused(first);
        at++;
      } else {
        assertThat(decisions.size() - at).isGreaterThanOrEqualTo(first.members());
        dispatched(decisions.subList(at, at + first.members()));
        at += first.members();
      }
    }
  }

  private Request take(Decision decision) {
    assertThat(decision.generation()).isEqualTo(generations[decision.slot()]);
    Request request = held.remove(decision.slot());
    assertThat(request).as("slot %d is held", decision.slot()).isNotNull();
    return Objects.requireNonNull(request);
  }

  private void refused(Decision decision) {
    take(decision);
    switch (decision.outcome()) {
      case REJECTED -> count(Reached.REFUSED);
      case EVICTED -> count(Reached.EVICTED);
      default -> throw new AssertionError("refused as " + decision);
    }
    if (decision.reason() == Reason.INVALID) {
      count(Reached.UNKNOWN_TENANT);
    }
  }

  private void dispatched(List<Decision> members) {
    Decision first = members.get(0);
    List<Request> requests = new ArrayList<>();
    for (Decision member : members) {
      assertThat(member.id()).isEqualTo(first.id());
      assertThat(member.paddedLength()).isEqualTo(first.paddedLength());
      requests.add(take(member));
      running[member.slot()] = true;
    }
    assertThat(children).doesNotContainKey(first.id());
    checkCompanions(requests, first.paddedLength());
    children.put(first.id(), members.stream().map(Decision::slot).toList());
    variantOf.put(first.id(), first.variant());
    garbledChild.put(first.id(), requests.get(0).garbled());
    count(Reached.DISPATCHED);
    checkInstances(first.variant());
  }

  private void checkCompanions(List<Request> requests, int padded) {
    int longest = requests.stream().mapToInt(r -> Math.max(1, r.length())).max().orElseThrow();
    assertThat(padded).isEqualTo(longest);
    if (requests.size() > 1) {
      count(Reached.SHARED_CHILD);
      assertThat(requests.stream().map(Request::key).distinct()).hasSize(1);
      assertThat(requests).noneMatch(r -> r.alone() || r.garbled());
      int rows = requests.stream().mapToInt(Request::rows).sum();
      assertThat(rows).isLessThanOrEqualTo(maxBatch);
      if (rows == maxBatch) {
        count(Reached.ROWS_FILLED);
      }
      if (requests.stream().mapToInt(Request::length).distinct().count() > 1) {
        count(Reached.PADDED);
      }
      if (held.values().stream().anyMatch(r -> r.key() != requests.get(0).key())) {
        count(Reached.SPLIT_BY_KEY);
      }
    } else if (requests.get(0).alone()) {
      count(Reached.ALONE);
    }
  }

  /** Unplanned requests and an engine that still drains may use what instances there were. */
  private void checkInstances(int variant) {
    long inFlight =
        children.keySet().stream()
            .filter(id ->
                variantOf.getOrDefault(id, -1) == variant && !garbledChild.getOrDefault(id, true))
            .count();
    int most = variant == 0 ? Math.max(instances, leastInstances) : 1;
    assertThat(inFlight).isLessThanOrEqualTo(most);
  }

  private void endChild() {
    if (children.isEmpty()) {
      return;
    }
    List<Long> ids = new ArrayList<>(children.keySet());
    long id = ids.get(random.nextInt(ids.size()));
    children.remove(id);
    if (random.nextInt(20) == 0) {
      front().failed(id);
      count(Reached.FAILED);
    } else {
      front().completed(id, (1 + random.nextInt(20)) * Specs.MS);
    }
  }

  private void withdraw() {
    int slot = random.nextInt(SLOTS);
    if (held.remove(slot) != null) {
      front().cancelled(slot, generations[slot]);
      count(Reached.WITHDRAWN_HELD);
    } else if (running[slot]) {
      front().cancelled(slot, generations[slot]);
      running[slot] = false;
      count(Reached.WITHDRAWN_DECIDED);
    }
  }

  private void reopen() {
    if (!held.isEmpty()) {
      count(Reached.REOPENED_WITH_HELD);
    }
    front().close();
    if (random.nextBoolean()) {
      bench.turn();
      assertThat(bench.decisions()).isEmpty();
    }
    held.clear();
    children.clear();
    Arrays.fill(running, false);
    if (random.nextBoolean()) {
      // Another opening may count its slots from anywhere.
      Arrays.fill(generations, 0);
    }
    front().open("embed", "fp32", ChannelView.FRONT, maxBatch);
    bench.now += 60 * Specs.MS;
  }

  private void changeInstances() {
    leastInstances = Math.max(leastInstances, instances);
    instances = 1 + random.nextInt(3);
    front().instances(instances);
    bench.now += 60 * Specs.MS;
    count(Reached.INSTANCES_CHANGED);
  }

  /** Ends every child until nothing is left, and checks that nothing is. */
  void finish() {
    for (int i = 0; i < 10_000 && !(held.isEmpty() && children.isEmpty()); i++) {
      List<Long> ids = new ArrayList<>(children.keySet());
      for (long id : ids) {
        children.remove(id);
        front().completed(id, Specs.MS);
      }
      bench.now += Specs.MS;
      turn();
    }
    assertThat(held).isEmpty();
    assertThat(children).isEmpty();
  }
}
