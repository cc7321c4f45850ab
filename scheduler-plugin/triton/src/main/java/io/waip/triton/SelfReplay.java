package io.waip.triton;

import io.waip.nativebridge.rings.ChannelView;
import io.waip.nativebridge.rings.NameHash;
import io.waip.nativebridge.rings.RehearsalFront;
import io.waip.nativebridge.rings.SharedMapping;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * Lets a planner work on made-up requests in private memory before it takes real ones, so that its
 * code is compiled by then: at 100 requests a second beside a busy runtime, a cold planner takes
 * longer than many a model.
 *
 * <p>The requests come at about 1.2 times what the predictions say the models can do, so that every
 * step of a request's way is walked: batches, refusals, evictions, withdrawals. Time is virtual.
 */
final class SelfReplay {
  /** Requests and completions until a planner counts as warm. */
  static final int EVENTS = 50_000;

  private static final int SLOTS = 1024;
  private static final int MAX_BATCH = 32;
  private static final int MAX_LENGTH = 256;
  private static final int EVENTS_PER_BEAT = 64;
  private static final long STEP_NANOS = 1_000_000;

  private final PlanningSpec spec;
  private final RehearsalFront[] fronts;
  private final int[] generations;
  private final ArrayDeque<Long> running = new ArrayDeque<>();
  private final ArrayDeque<Integer> runningAt = new ArrayDeque<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private long now = 1;
  private int nextSlot;

  private SelfReplay(PlanningSpec spec, SharedMapping mapping) {
    this.spec = spec;
    fronts = new RehearsalFront[mapping.channels().size()];
    generations = new int[SLOTS];
    for (int i = 0; i < fronts.length; i++) {
      fronts[i] = new RehearsalFront(mapping, i);
      ServiceSpec service = spec.services().get(i);
      fronts[i].open(
          service.name(), service.variants().get(0).model(), ChannelView.FRONT, MAX_BATCH);
    }
  }

  /**
   * Replays.
   *
   * @param events how many, {@link #EVENTS} for a warm planner
   * @param beat called every few events
   * @return what the loop counted
   */
  static LoopFigures run(PlanningSpec spec, int events, Runnable beat) {
    int channels = Math.min(spec.services().size(), SharedMapping.CHANNELS);
    try (SharedMapping mapping = SharedMapping.forRehearsal(channels)) {
      SelfReplay replay = new SelfReplay(spec.acting(), mapping);
      LongSupplier clock = () -> replay.now;
      PlannerLoop.Surroundings surroundings =
          new PlannerLoop.Surroundings(clock, () -> true, DirectExecutor.NONE);
      try (PlannerLoop loop = new PlannerLoop(mapping, spec.acting(), surroundings)) {
        for (int done = 0; done < events; done += EVENTS_PER_BEAT) {
          beat.run();
          replay.step(loop);
        }
        return loop.figures();
      }
    }
  }

  private void step(PlannerLoop loop) {
    for (int i = 0; i < EVENTS_PER_BEAT / 2; i++) {
      now += STEP_NANOS + random.nextLong(STEP_NANOS);
      int channel = random.nextInt(fronts.length);
      if (fronts[channel].isPlanned() && fronts[channel].hasRoom()) {
        submit(channel);
      }
      loop.turn();
      takeDecisions();
      endOldest();
    }
  }

  private void submit(int channel) {
    int slot = nextSlot++ % SLOTS;
    generations[slot]++;
    int tenant = random.nextInt(spec.tenants().size());
    long deadline = random.nextInt(8) == 0 ? now + STEP_NANOS : 0;
    fronts[channel]
        .request(slot, generations[slot])
        .times(now, deadline)
        .named(NameHash.of(spec.tenants().get(tenant).name()), 0, random.nextInt(4))
        .merging(random.nextInt(16) == 0 ? 1 : 0, false)
        .shape(1 + random.nextInt(MAX_LENGTH), 1)
        .submit();
    if (random.nextInt(32) == 0) {
      fronts[channel].cancelled(slot, generations[slot]);
    }
  }

  private void takeDecisions() {
    for (int i = 0; i < fronts.length; i++) {
      long last = 0;
      while (fronts[i].pollDecision()) {
        if (fronts[i].isDispatch() && fronts[i].dispatch() != last) {
          last = fronts[i].dispatch();
          running.add(last);
          runningAt.add(i);
        }
      }
    }
  }

  private void endOldest() {
    if (running.size() < 2 && random.nextInt(4) != 0) {
      return;
    }
    Long id = running.poll();
    Integer channel = runningAt.poll();
    if (id != null && channel != null) {
      if (random.nextInt(64) == 0) {
        fronts[channel].failed(id);
      } else {
        fronts[channel].completed(id, STEP_NANOS + random.nextLong(STEP_NANOS));
      }
    }
  }
}
