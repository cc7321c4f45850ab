package io.waip.scheduler.runtime;

import io.waip.api.RequestDescriptor;
import io.waip.api.schedule.EndpointState;
import io.waip.api.schedule.Scheduler;
import io.waip.scheduler.runtime.Ledger.Event;
import io.waip.scheduler.runtime.Ledger.Running;
import io.waip.scheduler.runtime.Reached.Milestone;
import io.waip.scheduler.runtime.RequestBook.State;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Drives a scheduler through a scenario in virtual time: arrivals, ends of batches and timers in
 * order of time, and disturbances at random.
 */
final class World {
  private static final int TENFOLD = 10;

  final Ledger ledger;
  private final Scenario scenario;
  private final Scheduler scheduler;
  private final SplittableRandom random;
  private final Runnable afterEvent;
  private final RequestDescriptor request = new RequestDescriptor();
  private final List<Long> endNanos = new ArrayList<>();
  private final List<Running> batches = new ArrayList<>();
  private long nowNanos;
  private long nextArrivalNanos;
  private long timerLagNanos;
  private long version = 1;

  World(
      Scenario scenario,
      Scheduler scheduler,
      SplittableRandom random,
      Reached reached,
      Runnable afterEvent) {
    this.scenario = scenario;
    this.scheduler = scheduler;
    this.random = random;
    this.afterEvent = afterEvent;
    ledger = new Ledger(scenario, reached);
    nowNanos = scenario.startNanos;
    nextArrivalNanos = nowNanos;
  }

  /** Lets this many events happen, then stops the scheduler and waits for what runs. */
  void run(int events) {
    for (int i = 0; i < events; i++) {
      step();
      if (random.nextDouble() < scenario.disturbance) {
        disturb();
      }
    }
    stop();
  }

  private void stop() {
    if (ledger.book.queued() > 0) {
      ledger.reached.passed(Milestone.STOPPED_UNDER_LOAD);
    }
    if (nowNanos < 0) {
      ledger.reached.passed(Milestone.NEGATIVE_TIME);
    }
    begin(Event.SHUTDOWN, 0);
    scheduler.shutdown(nowNanos, ledger);
    finish();
    arrive();
    while (!batches.isEmpty()) {
      endBatch(earliestBatch());
    }
    ledger.requireAllEnded();
  }

  private void step() {
    int batch = earliestBatch();
    long end = batch < 0 ? Long.MAX_VALUE : endNanos.get(batch);
    long wake = ledger.wakeNanos();
    long timer = wake == Long.MAX_VALUE ? wake : wake + timerLagNanos;
    if (nextArrivalNanos <= end && nextArrivalNanos <= timer) {
      nowNanos = Math.max(nowNanos, nextArrivalNanos);
      arrive();
      nextArrivalNanos = nowNanos + gapNanos();
    } else if (end <= timer) {
      endBatch(batch);
    } else {
      nowNanos = Math.max(nowNanos, timer);
      tick();
    }
  }

  private long gapNanos() {
    if (random.nextInt(8) == 0) {
      return 0;
    }
    return Math.round(-Math.log(1 - random.nextDouble()) * scenario.meanGapNanos);
  }

  private void arrive() {
    int id = ledger.book.arrived();
    scenario.describe(random, nowNanos, id, request);
    begin(Event.ARRIVED, id);
    ledger.arriving(request);
    scheduler.arrived(nowNanos, request, ledger);
    finish();
  }

  private int earliestBatch() {
    int earliest = -1;
    for (int i = 0; i < batches.size(); i++) {
      if (earliest < 0 || endNanos.get(i) < endNanos.get(earliest)) {
        earliest = i;
      }
    }
    return earliest;
  }

  private void endBatch(int index) {
    nowNanos = Math.max(nowNanos, endNanos.get(index));
    Running batch = batches.remove(index);
    endNanos.remove(index);
    boolean succeeds = random.nextDouble() >= scenario.failureRate;
    begin(succeeds ? Event.COMPLETED : Event.FAILED, batch.id());
    ledger.reportEnd(batch, succeeds);
    if (succeeds) {
      scheduler.completed(nowNanos, batch.id(), medianNanos(batch), ledger);
    } else {
      scheduler.failed(nowNanos, batch.id(), ledger);
    }
    ledger.requireMembersEnded();
    finish();
  }

  private long medianNanos(Running batch) {
    return scenario.model.medianNanos(batch.variant(), batch.members().size(), batch.padded());
  }

  private void tick() {
    timerLagNanos = random.nextInt(TENFOLD) == 0 ? random.nextLong(2_000_000) : 0;
    if (timerLagNanos > 0) {
      ledger.reached.passed(Milestone.LATE_TIMER);
    }
    begin(Event.TIMER, 0);
    scheduler.timer(nowNanos, ledger);
    finish();
  }

  private void disturb() {
    switch (random.nextInt(TENFOLD)) {
      case 0 -> changeEndpoint();
      case 1 -> publishPlan();
      case 2 -> tick();
      case 3 -> reportUnknownBatch();
      default -> cancel();
    }
  }

  private void changeEndpoint() {
    int endpoint = random.nextInt(ledger.rules.endpoints());
    EndpointState state = EndpointState.values()[Math.max(0, random.nextInt(10) - 7)];
    begin(Event.ENDPOINT, endpoint);
    ledger.endpoint(endpoint, state);
    scheduler.endpointChanged(nowNanos, endpoint, state, ledger);
    finish();
  }

  private void publishPlan() {
    if (random.nextInt(TENFOLD) > 0) {
      return;
    }
    if (ledger.book.queued() > 0) {
      ledger.reached.passed(Milestone.PLAN_CHANGED_UNDER_LOAD);
    }
    var plan = scenario.plan(random, version++);
    begin(Event.PLAN, 0);
    ledger.plan(plan);
    scheduler.planPublished(nowNanos, plan, ledger);
    finish();
  }

  private void reportUnknownBatch() {
    begin(Event.COMPLETED, -1);
    scheduler.completed(nowNanos, -1 - random.nextInt(5), 1, ledger);
    finish();
    begin(Event.FAILED, Long.MAX_VALUE);
    scheduler.failed(nowNanos, Long.MAX_VALUE - random.nextInt(5), ledger);
    finish();
  }

  private void cancel() {
    long id = ledger.book.arrived() + 5L;
    int choice = random.nextInt(4);
    if (choice == 0 && ledger.book.queued() > 0) {
      id = ledger.book.queuedAt(random.nextInt(ledger.book.queued()));
    } else if (choice == 1 && !batches.isEmpty()) {
      List<Integer> members = batches.get(random.nextInt(batches.size())).members();
      id = members.get(random.nextInt(members.size()));
    } else if (choice == 2 && ledger.book.arrived() > 0) {
      id = random.nextInt(ledger.book.arrived());
    }
    State before = ledger.book.state(id);
    begin(Event.CANCELLED, id);
    scheduler.cancelled(nowNanos, id, ledger);
    Invariant.ONE_OUTCOME.require(
        ledger.book.state(id) != State.QUEUED && ledger.book.state(id) != State.RUNNING,
        "request " + id + " outlived its cancel");
    finish();
    noteCancel(before);
  }

  private void noteCancel(State before) {
    if (before == State.RUNNING) {
      ledger.reached.passed(Milestone.CANCELLED_IN_FLIGHT);
    } else if (before == State.QUEUED) {
      ledger.reached.passed(Milestone.CANCELLED_IN_QUEUE);
    } else if (before == State.ENDED) {
      ledger.reached.passed(Milestone.CANCELLED_AFTER_END);
    }
  }

  private void begin(Event event, long subject) {
    ledger.begin(event, nowNanos, subject);
  }

  private void finish() {
    ledger.finish();
    for (int i = batches.size(); i < ledger.running.size(); i++) {
      Running batch = ledger.running.get(i);
      batches.add(batch);
      double factor = Math.exp(scenario.noise * (2 * random.nextDouble() - 1));
      endNanos.add(nowNanos + Math.max(1, Math.round(medianNanos(batch) * factor)));
    }
    afterEvent.run();
  }
}
