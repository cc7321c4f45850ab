package io.waip.triton;

import io.waip.nativebridge.rings.ChannelView;
import io.waip.nativebridge.rings.CompleteReader;
import io.waip.nativebridge.rings.ExecuteReader;
import io.waip.nativebridge.rings.SharedMapping;
import io.waip.nativebridge.rings.SubmitReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The planner's loop over one mapping: takes what the front wrote, lets the engine decide, writes
 * the decisions, tells the front that it lives, and sleeps until there is more. The same for the
 * planner process and for the planner inside the front's process.
 *
 * <p>A duty cycle on one thread, which calls every method but {@link #stop}. A {@link #turn}
 * allocates nothing for requests; opening a channel, changing models and renewing predictions do.
 *
 * <p><b>Changing models:</b> when a model appears, or its largest batch or its instances change,
 * the service tables stop giving requests, the engine finishes what it holds, and one for the new
 * models takes over. Meanwhile the front forwards as it does without a planner.
 *
 * <p><b>Failure:</b> garbage in a record is counted and dropped; a request that can be told from it
 * is sent to the reference alone. A ring that is broken ends the loop, which lets the front take
 * everything back.
 */
public final class PlannerLoop implements AutoCloseable {
  /** Why a loop ended. */
  public enum End {
    /** The front gave the mapping up. */
    ABANDONED,
    /** {@link #stop} was called, or the front is gone. */
    STOPPED,
    /** The front wrote what the protocol cannot give. */
    BROKEN
  }

  /** Longest sleep: well below the 50 ms within which the front wants a heartbeat. */
  static final long LONGEST_SLEEP_NANOS = 20_000_000;

  private static final int RECORDS_PER_TURN = 256;

  /** Enough for a full ring of 4,096. */
  private static final int MOST_POLLS = 17;

  /** How long a full decide ring is left alone. */
  private static final long BACKLOG_PAUSE_NANOS = 200_000;

  private static final long HOUSEKEEPING_NANOS = 50_000_000;
  private static final long REFRESH_NANOS = 1_000_000_000;

  /** How long children of an earlier epoch may keep a channel from being planned for. */
  private static final long FOREIGN_PATIENCE_NANOS = 1_000_000_000;

  private final SharedMapping mapping;
  private final LongSupplier clock;
  private final BooleanSupplier frontLives;
  private final PlanInbox inbox;
  private final ExecutionDesk executions;
  private final PlanningSpec spec;
  private final List<ChannelDesk> desks = new ArrayList<>();
  private final LoopFigures figures = new LoopFigures();
  private final SeenLog seen;
  private final PlannerCore core;
  private final Shape built;
  private final Shape wanted;
  private boolean draining;
  private boolean broken;
  private long housekeepingNanos = Long.MIN_VALUE;
  private long refreshNanos;
  private volatile boolean stopping;

  /**
   * What the loop has around it.
   *
   * @param clock nanoseconds of CLOCK_MONOTONIC, as {@link System#nanoTime} gives on Linux
   * @param frontLives asked every 50 ms; false ends the loop
   * @param executor runs batches of models in direct mode
   * @param watchers told once a second what was seen
   * @param inbox of plans to schedule by
   */
  public record Surroundings(
      LongSupplier clock,
      BooleanSupplier frontLives,
      DirectExecutor executor,
      List<PlannerWatcher> watchers,
      PlanInbox inbox) {
    /** Copies the list. */
    public Surroundings {
      watchers = List.copyOf(watchers);
    }

    /** Makes one in which nobody watches or plans. */
    public Surroundings(LongSupplier clock, BooleanSupplier frontLives, DirectExecutor executor) {
      this(clock, frontLives, executor, List.of(), new PlanInbox());
    }
  }

  /** Prepares a loop; the mapping stays the caller's and outlives it. */
  public PlannerLoop(SharedMapping mapping, PlanningSpec spec, Surroundings surroundings) {
    this.mapping = mapping;
    this.spec = spec;
    clock = surroundings.clock();
    frontLives = surroundings.frontLives();
    inbox = surroundings.inbox();
    executions = new ExecutionDesk(mapping, surroundings.executor(), clock);
    for (ChannelView channel : mapping.channels()) {
      desks.add(new ChannelDesk(channel, spec));
    }
    seen = new SeenLog(surroundings.watchers());
    core = new PlannerCore(spec, desks, figures, seen);
    built = new Shape(spec);
    wanted = new Shape(spec);
  }

  /**
   * Announces readiness and turns until the end.
   *
   * @return why it ended
   */
  public End run() {
    mapping.announceVersion();
    turn();
    mapping.ready();
    while (true) {
      if (mapping.isAbandoned()) {
        return End.ABANDONED;
      }
      if (broken) {
        return End.BROKEN;
      }
      if (stopping) {
        return End.STOPPED;
      }
      if (turn() == 0) {
        sleep();
      }
    }
  }

  /** Ends {@link #run} soon. Any thread. */
  public void stop() {
    stopping = true;
    mapping.wake();
  }

  /** Returns what was counted so far. */
  public LoopFigures figures() {
    return figures;
  }

  /**
   * Does what there is to do now.
   *
   * @return the records taken and written; 0 when there was nothing to do
   */
  int turn() {
    long now = clock.getAsLong();
    mapping.heartbeat(now);
    int work = 0;
    for (int i = 0; i < desks.size(); i++) {
      work += poll(now, desks.get(i));
    }
    if (now >= core.wakeNanos()) {
      core.timer(now);
      work++;
    }
    if (now >= housekeepingNanos) {
      housekeepingNanos = now + HOUSEKEEPING_NANOS;
      keepHouse(now);
    }
    for (int i = 0; i < desks.size(); i++) {
      work += flush(now, desks.get(i));
    }
    return work;
  }

  private int poll(long now, ChannelDesk desk) {
    if (desk.hasChanged()) {
      change(now, desk);
    }
    if (!desk.isOpen()) {
      return 0;
    }
    int work = pollSubmits(now, desk) + pollCompletions(now, desk);
    work += pollExecutions(desk);
    return work;
  }

  /**
   * Follows the front in opening and closing a channel. What is in its rings is of the model
   * before: the front submits nothing before it has read the table for the new generation.
   */
  private void change(long now, ChannelDesk desk) {
    if (desk.isOpen()) {
      core.gone(now, desk);
    }
    SubmitReader submits = desk.view().submits();
    CompleteReader completions = desk.view().completions();
    while (submits.poll() || completions.poll()) {
      figures.staleRecords++;
    }
    desk.open(now);
    housekeepingNanos = now;
  }

  private int pollSubmits(long now, ChannelDesk desk) {
    SubmitReader submits = desk.view().submits();
    int taken = 0;
    while (taken < RECORDS_PER_TURN && submits.poll()) {
      taken++;
      if (desk.serves()) {
        core.arrived(now, desk);
      } else {
        figures.badRecords++;
      }
    }
    return taken;
  }

  private int pollCompletions(long now, ChannelDesk desk) {
    CompleteReader completions = desk.view().completions();
    int taken = 0;
    while (taken < RECORDS_PER_TURN && completions.poll()) {
      taken++;
      if (!core.ended(now, desk)) {
        // A request is submitted before it is cancelled: what is unknown here may wait over there.
        int more = 1;
        for (int i = 0; i < MOST_POLLS && more > 0; i++) {
          more = pollSubmits(now, desk);
        }
        if (!core.ended(now, desk)) {
          figures.staleRecords++;
        }
      }
    }
    return taken;
  }

  private int pollExecutions(ChannelDesk desk) {
    ExecuteReader reader = desk.view().executions();
    int taken = 0;
    while (reader.poll()) {
      taken++;
      if (!desk.isDirect() || !executions.post(desk.name(), reader.slot(), reader.generation())) {
        figures.badRecords++;
      }
    }
    return taken;
  }

  private static int flush(long now, ChannelDesk desk) {
    if (desk.backlog().size() == 0) {
      return 0;
    }
    int written = desk.backlog().flush(now, desk.view().decisions());
    if (written > 0) {
      desk.view().wakeDispatcher();
    }
    return written;
  }

  /** Looks after what changes slowly: models, tables, predictions, the front itself. */
  private void keepHouse(long now) {
    for (int i = 0; i < desks.size(); i++) {
      broken |= desks.get(i).isOpen() && desks.get(i).view().isBroken();
    }
    stopping |= !frontLives.getAsBoolean();
    if (now - refreshNanos >= REFRESH_NANOS) {
      refreshNanos = now;
      core.refresh(now);
      seen.advance(now);
    } else {
      core.refreshEarly(now);
    }
    followModels();
    core.follow(now, inbox.latest());
    publish(now);
  }

  private void followModels() {
    for (int i = 0; i < desks.size(); i++) {
      if (desks.get(i).serves()) {
        wanted.learn(desks.get(i));
      }
    }
    draining = !wanted.equalTo(built);
    if (draining && core.isIdle()) {
      core.rebuild(wanted);
      built.copyFrom(wanted);
      draining = false;
    }
  }

  private void publish(long now) {
    for (int i = 0; i < desks.size(); i++) {
      ChannelDesk desk = desks.get(i);
      if (desk.serves()) {
        boolean gives = spec.act() && !draining && !desk.isOccupied(now, FOREIGN_PATIENCE_NANOS);
        if (desk.publish(gives)) {
          desk.view().wakeDispatcher();
        }
      }
    }
  }

  private void sleep() {
    mapping.announceSleep();
    if (!hasWork()) {
      long wake = Math.min(core.wakeNanos(), housekeepingNanos);
      long nanos = Math.min(wake - clock.getAsLong(), LONGEST_SLEEP_NANOS);
      mapping.sleep(hasBacklog() ? Math.min(nanos, BACKLOG_PAUSE_NANOS) : nanos);
    }
    mapping.announceAwake();
  }

  private boolean hasWork() {
    if (mapping.isAbandoned() || stopping) {
      return true;
    }
    for (int i = 0; i < desks.size(); i++) {
      ChannelDesk desk = desks.get(i);
      if (desk.hasChanged() || (desk.isOpen() && desk.view().hasWork())) {
        return true;
      }
    }
    return false;
  }

  private boolean hasBacklog() {
    for (int i = 0; i < desks.size(); i++) {
      if (desks.get(i).backlog().size() > 0) {
        return true;
      }
    }
    return false;
  }

  /** Ends the executor threads, after what they run now, and tells watchers the rest. */
  @Override
  public void close() {
    seen.end(clock.getAsLong());
    executions.close();
  }
}
