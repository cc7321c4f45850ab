package io.waip.triton;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.nativebridge.rings.ChannelView;
import io.waip.nativebridge.rings.NameHash;
import io.waip.nativebridge.rings.RehearsalFront;
import io.waip.nativebridge.rings.SharedMapping;
import java.util.ArrayList;
import java.util.List;

/** A loop on private memory under a clock that the test moves, and a front beside it. */
final class LoopBench implements AutoCloseable {
  private final PlanInbox inbox = new PlanInbox();

  /** A decision as the front reads it. */
  record Decision(
      boolean dispatch,
      int slot,
      int generation,
      int variant,
      long id,
      int members,
      int paddedLength,
      Reason reason,
      Outcome outcome) {}

  final SharedMapping mapping;
  final PlannerLoop loop;
  final List<RehearsalFront> fronts = new ArrayList<>();
  long now = 1_000_000_000_000L;
  boolean frontLives = true;

  LoopBench(PlanningSpec spec) {
    this(spec, List.of());
  }

  LoopBench(PlanningSpec spec, List<PlannerWatcher> watchers) {
    mapping = SharedMapping.forRehearsal(2);
    loop =
        new PlannerLoop(
            mapping,
            spec,
            new PlannerLoop.Surroundings(
                () -> now, () -> frontLives, DirectExecutor.NONE, watchers, inbox));
    fronts.add(new RehearsalFront(mapping, 0));
    fronts.add(new RehearsalFront(mapping, 1));
  }

  PlanInbox inbox() {
    return inbox;
  }

  /** Opens a service's channel and turns until it is given requests. */
  LoopBench open(int channel, String service, int maxBatch, int instances) {
    fronts.get(channel).instances(instances);
    fronts.get(channel).open(service, "fp32", ChannelView.FRONT, maxBatch);
    turn();
    later(60);
    return this;
  }

  RehearsalFront front() {
    return fronts.get(0);
  }

  void turn() {
    while (loop.turn() > 0) {}
  }

  void later(long millis) {
    now += millis * Specs.MS;
    turn();
  }

  RehearsalFront request(int slot, int generation) {
    return front().request(slot, generation).times(now, 0);
  }

  void submit(int slot, int length) {
    request(slot, 1).shape(length, 1).submit();
  }

  /** Submits a request of a tenant. */
  void submit(int slot, String tenant) {
    request(slot, 1).named(NameHash.of(tenant), 0, 0).submit();
  }

  List<Decision> decisions() {
    return decisions(front());
  }

  static List<Decision> decisions(RehearsalFront front) {
    List<Decision> decisions = new ArrayList<>();
    while (front.pollDecision()) {
      decisions.add(
          new Decision(
              front.isDispatch(),
              front.slot(),
              front.generation(),
              front.variant(),
              front.dispatch(),
              front.members(),
              front.paddedLength(),
              Reason.values()[front.reason()],
              Outcome.values()[front.outcome()]));
    }
    return decisions;
  }

  @Override
  public void close() {
    loop.close();
    mapping.close();
  }
}
