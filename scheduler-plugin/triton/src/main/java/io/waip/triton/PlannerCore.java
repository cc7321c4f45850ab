package io.waip.triton;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.deployment.Deployment;
import io.waip.api.plan.Plan;
import io.waip.api.plan.ServicePlan;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import io.waip.nativebridge.rings.CompleteReader;
import io.waip.nativebridge.rings.NameHash;
import io.waip.nativebridge.rings.SubmitReader;
import io.waip.scheduler.runtime.Engine;
import io.waip.scheduler.runtime.EngineSettings;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The planner without clock and rings: turns records of the front into events of one engine, and
 * its decisions into records for the front.
 *
 * <p>Each request that was taken gets exactly one decision, unless its client withdrew it or its
 * channel was closed before. A batch of the engine becomes one child, or several one after the
 * other where its members must not share one ({@link ChildTable}).
 *
 * <p>Confined to the planner's thread; allocates nothing per request, except where a table grows
 * beyond its largest size so far.
 */
final class PlannerCore implements Decisions {
  /** Longest input the engine tells from longer ones; 512 cells of 4. */
  static final int MAX_LENGTH = 2048;

  private static final long LONGEST_EXECUTION_NANOS = 3_600_000_000_000L;

  private final PlanningSpec spec;
  private final List<ChannelDesk> desks;
  private final LoopFigures figures;
  private final NameIndex tenants;
  private final int defaultTenant;
  private final LearnedLatencyModel model;
  private final SeenLog seen;
  private final SeenExecution execution = new SeenExecution();
  private final ChildTable children = new ChildTable();
  private final RequestDescriptor descriptor = new RequestDescriptor();
  private final long[] lateRefusals;
  private final long[] executions;
  private Engine engine;
  private Deployment deployment;
  private int[] serviceOf = new int[0];
  private int[] positionOf = new int[0];
  private int[] maxBatch = new int[0];
  private long planVersion;
  private PlanInbox.@Nullable Order order;
  private long wakeNanos = Long.MAX_VALUE;
  private long nowNanos;

  PlannerCore(PlanningSpec spec, List<ChannelDesk> desks, LoopFigures figures, SeenLog seen) {
    this.seen = seen;
    this.spec = spec;
    this.desks = desks;
    this.figures = figures;
    tenants = new NameIndex(spec.tenants().stream().map(tenant -> tenant.name()).toList());
    defaultTenant = spec.defaultTenant();
    model = new LearnedLatencyModel(spec);
    lateRefusals = new long[spec.services().size()];
    executions = new long[spec.services().size()];
    Shape shape = new Shape(spec);
    deployment = shape.deployment(MAX_LENGTH);
    engine = build();
  }

  /** Builds an engine for other models; only while {@link #isIdle}. */
  void rebuild(Shape shape) {
    deployment = shape.deployment(MAX_LENGTH);
    engine = build();
    wakeNanos = Long.MAX_VALUE;
    figures.rebuilds++;
  }

  private Engine build() {
    int variants = deployment.variants().size();
    serviceOf = new int[variants];
    positionOf = new int[variants];
    maxBatch = new int[variants];
    for (int s = 0; s < deployment.services().size(); s++) {
      for (int i = 0; i < deployment.services().get(s).variants().size(); i++) {
        int v = deployment.firstVariant(s) + i;
        serviceOf[v] = s;
        positionOf[v] = i;
        maxBatch[v] = deployment.variants().get(v).maxBatch();
      }
    }
    model.cover(maxBatch);
    return new Engine(deployment, model, plan(), EngineSettings.DEFAULT);
  }

  private Plan plan() {
    PlanInbox.Order ordered = order;
    return ordered == null
        ? Plan.uniform(planVersion++, deployment, ServicePlan.DEFAULT)
        : new Plan(planVersion++, ordered.services());
  }

  /** Schedules by an order from now on. */
  void follow(long now, PlanInbox.@Nullable Order latest) {
    if (latest != null && !latest.equals(order)) {
      order = latest;
      nowNanos = now;
      engine.planPublished(now, plan(), this);
      figures.orders++;
    }
  }

  private int arm() {
    PlanInbox.Order ordered = order;
    return ordered == null ? 0 : ordered.arm();
  }

  /** Says whether the engine holds nothing. */
  boolean isIdle() {
    return engine.queued() == 0 && engine.inFlight() == 0;
  }

  /** Returns when {@link #timer} is to be called, or {@link Long#MAX_VALUE}. */
  long wakeNanos() {
    return wakeNanos;
  }

  void timer(long now) {
    nowNanos = now;
    wakeNanos = Long.MAX_VALUE;
    engine.timer(now, this);
  }

  /** Doubts what keeps requests from running, and renews the predictions; once a second. */
  void refresh(long now) {
    for (int v = 0; v < serviceOf.length; v++) {
      int s = serviceOf[v];
      if (lateRefusals[s] > 0 && executions[s] == 0) {
        model.doubt(v);
      }
    }
    Arrays.fill(lateRefusals, 0);
    Arrays.fill(executions, 0);
    renew(now);
  }

  /** Renews the predictions while they still move fast. */
  void refreshEarly(long now) {
    if (model.learnsFast()) {
      renew(now);
    }
  }

  private void renew(long now) {
    nowNanos = now;
    if (model.refresh()) {
      figures.refreshes++;
      engine.planPublished(now, plan(), this);
    }
  }

  /** Takes the request that a channel's submit reader holds. */
  void arrived(long now, ChannelDesk desk) {
    nowNanos = now;
    SubmitReader record = desk.view().submits();
    int slot = record.slot();
    int generation = record.generation();
    SlotBook book = desk.book();
    if (slot < 0 || slot >= SlotBook.MAX_SLOTS || book.state(slot, generation) != SlotBook.FREE) {
      figures.badRecords++;
      return;
    }
    if (book.state(slot) == SlotBook.HELD) {
      // The front forgot the request before; the record that says so is still on its way.
      engine.cancelled(now, book.idOf(slot), this);
    }
    figures.submitted++;
    book.hold(slot, generation, record.isAlone());
    book.shape(slot, Math.max(1, record.length()), Math.max(1, record.rows()), record.mergeKey());
    if (record.isPlausible()) {
      admit(desk, record, book.idOf(slot));
    } else {
      figures.badRecords++;
      runUnplanned(desk.service(), book.idOf(slot));
    }
  }

  private void admit(ChannelDesk desk, SubmitReader record, long id) {
    int tenant =
        record.tenantHash() == NameHash.NONE ? defaultTenant : tenants.of(record.tenantHash());
    if (tenant == NameIndex.UNKNOWN) {
      refuse(id, Reason.INVALID, Outcome.REJECTED, 0);
      return;
    }
    ServiceSpec service = spec.services().get(desk.service());
    long arrival = Math.min(record.arrivalNanos(), nowNanos);
    Tier tier = record.tier() == 0 ? service.objective().tier() : Tier.of(record.tier() - 1);
    long deadline = record.deadlineNanos();
    if (deadline == 0) {
      deadline =
          tier == Tier.OFFLINE
              ? RequestDescriptor.NO_DEADLINE
              : arrival + service.objective().latency().toNanos();
    }
    int length = service.lengths().isPresent() ? Math.min(record.length(), MAX_LENGTH) : 1;
    descriptor
        .reset(id, desk.service(), tenant)
        .tier(tier)
        .length(length)
        .arrivalNanos(arrival)
        .deadlineNanos(deadline);
    seen.arrived(nowNanos, descriptor);
    desk.book().underArm(SlotBook.slotOf(id), arm());
    engine.arrived(nowNanos, descriptor, this);
  }

  /** Sends a request that cannot be planned for to the reference, alone, as without a planner. */
  private void runUnplanned(int service, long id) {
    int row = children.open(ChildTable.NO_BATCH, deployment.firstVariant(service), 1);
    if (row == ChildTable.NONE) {
      refuse(id, Reason.QUEUE_FULL, Outcome.REJECTED, 0);
      return;
    }
    children.addWaiting(row, id);
    sendNext(row);
  }

  /** Takes the end that a channel's complete reader holds; false if it is about a later submit. */
  boolean ended(long now, ChannelDesk desk) {
    nowNanos = now;
    CompleteReader record = desk.view().completions();
    switch (record.kind()) {
      case CompleteReader.DONE, CompleteReader.FAILED -> childEnded(desk, record);
      case CompleteReader.CANCELLED -> {
        return cancelled(desk, record.slot(), record.generation());
      }
      default -> figures.badRecords++;
    }
    return true;
  }

  /** Withdraws a request; false if there is none of this slot and generation. */
  boolean cancelled(ChannelDesk desk, int slot, int generation) {
    byte state = desk.book().state(slot, generation);
    if (state == SlotBook.FREE) {
      return false;
    }
    long id = desk.book().idOf(slot);
    figures.cancelled += state == SlotBook.HELD ? 1 : 0;
    engine.cancelled(nowNanos, id, this);
    desk.book().free(id);
    return true;
  }

  private void childEnded(ChannelDesk desk, CompleteReader record) {
    int row = children.rowOf(record.dispatch());
    if (row == ChildTable.NONE) {
      figures.staleRecords++;
      return;
    }
    long nanos = record.executionNanos();
    if (children.channel(row) != desk.view().index()
        || nanos < 0
        || nanos > LONGEST_EXECUTION_NANOS) {
      figures.badRecords++;
      nanos = 0;
    }
    boolean succeeded = record.kind() == CompleteReader.DONE;
    int variant = children.variant(row);
    if (succeeded) {
      executions[serviceOf[variant]]++;
      observe(row, nanos);
    }
    // Holding requests back from the only variant would protect nothing: the front answers errors
    // as the server would.
    boolean counts = !succeeded && variantsOf(serviceOf[variant]) > 1;
    next(row, succeeded ? nanos : 0, !counts);
  }

  /** Learns from a child that ended well, and takes note of it for those who watch. */
  private void observe(int row, long nanos) {
    if (nanos <= 0) {
      return;
    }
    execution.endNanos = nowNanos;
    execution.variant = children.variant(row);
    execution.rows = children.childRows(row);
    execution.length = children.paddedLength(row);
    execution.measuredNanos = nanos;
    execution.predictedNanos =
        model.medianNanos(execution.variant, execution.rows, execution.length);
    execution.logResidual =
        model.observe(execution.variant, execution.rows, execution.length, nanos);
    seen.executed(execution);
  }

  private int variantsOf(int service) {
    return spec.services().get(service).variants().size();
  }

  /** Ends the current child of a row and starts the next, or ends the row. */
  private void next(int row, long nanos, boolean succeeded) {
    children.ended(row, nanos, succeeded);
    if (sendNext(row)) {
      return;
    }
    long batch = children.batch(row);
    boolean failed = children.hasFailed(row);
    long total = children.executionNanos(row);
    children.close(row);
    if (batch == ChildTable.NO_BATCH) {
      return;
    }
    if (failed) {
      engine.failed(nowNanos, batch, this);
    } else {
      engine.completed(nowNanos, batch, total, this);
    }
  }

  /** Forgets everything about a channel whose model is gone. */
  void gone(long now, ChannelDesk desk) {
    nowNanos = now;
    SlotBook book = desk.book();
    for (int slot = 0; slot < book.used(); slot++) {
      byte state = book.state(slot);
      if (state != SlotBook.FREE) {
        long id = book.idOf(slot);
        figures.gone += state == SlotBook.HELD ? 1 : 0;
        engine.cancelled(now, id, this);
        book.free(id);
      }
    }
    for (int row = 0; row < children.rows(); row++) {
      if (children.isRunning(row) && children.channel(row) == desk.view().index()) {
        next(row, 0, true);
      }
    }
    desk.close();
  }

  @Override
  public void dispatch(Batch batch) {
    int row = children.open(batch.dispatchId(), batch.variant(), batch.size());
    if (row == ChildTable.NONE) {
      throw new IllegalStateException("more batches in flight than the engine may send");
    }
    for (int i = 0; i < batch.size(); i++) {
      children.addWaiting(row, batch.requestId(i));
    }
    if (!sendNext(row)) {
      throw new IllegalStateException("the engine dispatched requests that have ended");
    }
  }

  /**
   * Sends the first waiting member of a row that is still held, and all others that may share its
   * child.
   *
   * @return false if none is held any more
   */
  private boolean sendNext(int row) {
    int lead = firstHeld(row);
    if (lead < 0) {
      return false;
    }
    long leadId = children.waiting(row, lead);
    ChannelDesk desk = desks.get(SlotBook.channelOf(leadId));
    int variant = children.variant(row);
    int kept = 0;
    int members = 0;
    int rows = 0;
    int longest = 1;
    // What is kept is either held or decided here; send() tells them apart.
    for (int i = lead; i < children.waiting(row); i++) {
      long id = children.waiting(row, i);
      if (stateOf(id) != SlotBook.HELD) {
        continue;
      }
      SlotBook book = desks.get(SlotBook.channelOf(id)).book();
      int slot = SlotBook.slotOf(id);
      boolean joins =
          members == 0 || (mayShare(leadId, id) && rows + book.rows(slot) <= maxBatch[variant]);
      if (joins) {
        rows += book.rows(slot);
        longest = Math.max(longest, book.length(slot));
        book.decided(slot);
        members++;
      }
      children.setWaiting(row, kept++, id);
    }
    children.keepWaiting(row, kept);
    long child = children.start(row, desk.view().index(), rows, longest);
    send(row, child, members, longest);
    return true;
  }

  private int firstHeld(int row) {
    for (int i = 0; i < children.waiting(row); i++) {
      if (stateOf(children.waiting(row, i)) == SlotBook.HELD) {
        return i;
      }
    }
    return -1;
  }

  /** Writes the decisions for the members just decided; the held ones go on waiting. */
  private void send(int row, long child, int members, int paddedLength) {
    int position = positionOf[children.variant(row)];
    int kept = 0;
    for (int i = 0; i < children.waiting(row); i++) {
      long id = children.waiting(row, i);
      if (stateOf(id) == SlotBook.HELD) {
        children.setWaiting(row, kept++, id);
      } else {
        desks
            .get(SlotBook.channelOf(id))
            .backlog()
            .dispatch(id, position, child, members, paddedLength);
        if (children.batch(row) == ChildTable.NO_BATCH) {
          desks.get(SlotBook.channelOf(id)).book().free(id);
        }
      }
    }
    children.keepWaiting(row, kept);
    figures.dispatched += members;
    figures.children++;
  }

  private byte stateOf(long id) {
    return desks.get(SlotBook.channelOf(id)).book().stateOf(id);
  }

  private boolean mayShare(long leadId, long id) {
    if (SlotBook.channelOf(leadId) != SlotBook.channelOf(id)) {
      return false;
    }
    ChannelDesk desk = desks.get(SlotBook.channelOf(id));
    SlotBook book = desk.book();
    int lead = SlotBook.slotOf(leadId);
    int slot = SlotBook.slotOf(id);
    return !book.isAlone(lead)
        && !book.isAlone(slot)
        && book.mergeKey(lead) == book.mergeKey(slot)
        && (book.length(lead) == book.length(slot)
            || spec.services().get(desk.service()).isPaddable());
  }

  @Override
  public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
    ChannelDesk desk = desks.get(SlotBook.channelOf(requestId));
    if (outcome != Outcome.CANCELLED && desk.book().stateOf(requestId) != SlotBook.FREE) {
      int arm = desk.book().arm(SlotBook.slotOf(requestId));
      seen.ended(nowNanos, desk.service(), outcome, arm);
    }
    boolean undecided = outcome == Outcome.REJECTED || outcome == Outcome.EVICTED;
    if (undecided && desk.book().stateOf(requestId) == SlotBook.HELD) {
      if (reason == Reason.PREDICTED_LATE) {
        lateRefusals[desk.service()]++;
      }
      refuse(requestId, reason, outcome, retryAfterNanos);
    } else {
      desk.book().free(requestId);
    }
  }

  private void refuse(long id, Reason reason, Outcome outcome, long retryAfterNanos) {
    ChannelDesk desk = desks.get(SlotBook.channelOf(id));
    desk.backlog().refuse(id, reason.ordinal(), outcome.ordinal(), retryAfterNanos);
    desk.book().free(id);
    figures.refused++;
  }

  @Override
  public void wakeAt(long timeNanos) {
    wakeNanos = timeNanos;
  }
}
