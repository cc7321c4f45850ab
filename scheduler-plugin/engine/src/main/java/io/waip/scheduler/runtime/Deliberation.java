package io.waip.scheduler.runtime;

import io.waip.api.record.Consideration;
import io.waip.api.record.Constraint;
import io.waip.api.record.DecisionRecorder;
import io.waip.scheduler.batch.BatchFormer;
import io.waip.scheduler.batch.Candidate;
import io.waip.scheduler.batch.MemberConstraints;
import io.waip.scheduler.batch.RankedRuns;
import io.waip.scheduler.batch.Situation;
import io.waip.scheduler.feedback.FeedbackLog;
import io.waip.scheduler.plan.PlanTable;
import io.waip.scheduler.plan.VariantTable;
import io.waip.scheduler.route.Router;
import io.waip.scheduler.state.RequestTable;
import io.waip.scheduler.state.Window;

/**
 * Tells the recorder of each look at a queue, as the rooms left it. A reused view. Single writer;
 * allocates nothing after construction.
 */
final class Deliberation implements Consideration {
  private final DecisionRecorder recorder;
  private final RequestTable requests;
  private final Router router;
  private final FeedbackLog feedback;
  private final RankedRuns ranked;
  private final BatchFormer former;
  private final MemberConstraints constraints;
  private PlanTable plan;
  private Window window;
  private Situation situation;
  private int service;
  private int endpoint;
  private boolean isFair;
  private long deferredUntilNanos;

  @SuppressWarnings("NullAway.Init") // of() is called before any other method
  Deliberation(Engine engine, BatchFormer former, RankedRuns ranked, int windowCapacity) {
    recorder = engine.recorder();
    requests = engine.requests();
    router = engine.router();
    feedback = engine.feedback();
    plan = engine.plan();
    this.former = former;
    this.ranked = ranked;
    constraints = new MemberConstraints(windowCapacity);
  }

  void plan(PlanTable current) {
    plan = current;
  }

  /** Begins a look at a service's queue for an endpoint. */
  Deliberation at(int serviceIndex, int endpointIndex, boolean fair) {
    service = serviceIndex;
    endpoint = endpointIndex;
    isFair = fair;
    deferredUntilNanos = NOT_DEFERRED;
    return this;
  }

  /** Takes note that the batch waits. */
  void deferred(long untilNanos) {
    deferredUntilNanos = untilNanos;
  }

  /**
   * Tells what the look came to.
   *
   * @param looked the window and the question asked of it; an empty window where none was
   * @param best the batch found; may be empty
   */
  void tell(Window looked, Situation asked, Candidate best) {
    window = looked;
    situation = asked;
    if (looked.size() == 0) {
      ranked.clear();
    } else {
      constraints.begin(asked, best);
    }
    if (!best.isEmpty()) {
      ranked.lead(best);
    }
    recorder.considered(this);
  }

  @Override
  public int service() {
    return service;
  }

  @Override
  public int endpoint() {
    return endpoint;
  }

  @Override
  public boolean isFair() {
    return isFair;
  }

  @Override
  public long removedVariants(Constraint constraint) {
    if (constraint != Constraint.PREFERENCE) {
      return router.removedVariants(constraint);
    }
    return window.size() == 0 ? 0 : situation.allowedVariants() & ~former.triedVariants();
  }

  @Override
  public long deferredUntilNanos() {
    return deferredUntilNanos;
  }

  @Override
  public int runs() {
    return ranked.count();
  }

  @Override
  public int runVariant(int run) {
    return ranked.variant(run);
  }

  @Override
  public int runSize(int run) {
    return ranked.size(run);
  }

  @Override
  public int runPaddedLength(int run) {
    return ranked.paddedLength(run);
  }

  @Override
  public long runPredictedNanos(int run) {
    return ranked.predictedNanos(run);
  }

  @Override
  public long runMedianNanos(int run) {
    int variant = ranked.variant(run);
    VariantTable table = plan.variant(variant);
    double nanos = table.nanos(ranked.size(run), table.cell(ranked.paddedLength(run)));
    return Math.round(nanos / table.margin() * feedback.correction(endpoint, variant));
  }

  @Override
  public double runScore(int run) {
    return ranked.score(run);
  }

  @Override
  public Constraint runLimit(int run) {
    return ranked.limit(run);
  }

  @Override
  public int members() {
    return window.size();
  }

  @Override
  public long memberId(int member) {
    return requests.requestId(window.slot(member));
  }

  @Override
  public Constraint memberConstraint(int member) {
    return constraints.of(member);
  }
}
