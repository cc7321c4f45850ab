package io.waip.scheduler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.plan.Plan;
import io.waip.api.plan.ServiceLimits;
import io.waip.api.plan.ServicePlan;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.Decisions;
import io.waip.api.schedule.EndpointState;
import io.waip.api.schedule.Scheduler;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each invariant catches the fault planted for it: a check that cannot fail proves nothing. */
class PlantedFaultTest {
  private static final int WORLDS = 60;
  private static final int EVENTS = 2_000;

  /** Returns the invariants that stopped any of the worlds. */
  private static Set<Invariant> caught(UnaryOperator<Scheduler> fault) {
    Set<Invariant> caught = EnumSet.noneOf(Invariant.class);
    for (int seed = 0; seed < WORLDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Scenario scenario = new Scenario(random);
      Scheduler spoilt = fault.apply(scenario.engine());
      try {
        new World(scenario, spoilt, random, new Reached(), () -> {}).run(EVENTS);
      } catch (Invariant.Violation violation) {
        caught.add(violation.invariant());
      }
    }
    return caught;
  }

  @Test
  void catchesNothingWithoutAFault() {
    assertThat(caught(scheduler -> scheduler)).isEmpty();
  }

  @Test
  void catchesALostAnswer() {
    assertThat(caught(s -> new EveryTenthEnd(s, 0))).contains(Invariant.EVERY_REQUEST_ENDS);
  }

  @Test
  void catchesARequestThatEndsTwice() {
    assertThat(caught(s -> new EveryTenthEnd(s, 2))).containsOnly(Invariant.ONE_OUTCOME);
  }

  /** Reports every tenth end as often as told. */
  private static final class EveryTenthEnd extends PlantedFault {
    private final int times;
    private int ends;

    EveryTenthEnd(Scheduler sound, int times) {
      super(sound);
      this.times = times;
    }

    @Override
    public void ended(long requestId, Outcome outcome, Reason reason, long retryAfterNanos) {
      boolean spoil = outcome == Outcome.COMPLETED && ends++ % 10 == 9;
      for (int i = spoil ? times : 1; i > 0; i--) {
        super.ended(requestId, outcome, reason, retryAfterNanos);
      }
    }
  }

  @Test
  void catchesAnOverfullBatch() {
    assertThat(caught(s -> dispatching(s, Overfull::new))).contains(Invariant.BATCH_NOT_OVERFULL);
  }

  private static final class Overfull extends PlantedFault.Spoilt {
    Overfull(Batch sound) {
      super(sound);
    }

    @Override
    public int size() {
      return sound.size() + 1;
    }

    @Override
    public long requestId(int i) {
      return i < sound.size() ? sound.requestId(i) : sound.requestId(0);
    }
  }

  @Test
  void catchesARequestThatIsTwiceInABatch() {
    assertThat(caught(s -> dispatching(s, Overfull::new)))
        .contains(Invariant.ONLY_QUEUED_REQUESTS_RUN);
  }

  @Test
  void catchesAVariantThatIsNotThere() {
    assertThat(caught(s -> dispatching(s, NextVariant::new)))
        .contains(Invariant.ENDPOINT_RUNS_VARIANT);
  }

  private static final class NextVariant extends PlantedFault.Spoilt {
    NextVariant(Batch sound) {
      super(sound);
    }

    @Override
    public int variant() {
      return sound.variant() + 1;
    }
  }

  @Test
  void catchesAnIgnoredFloor() {
    assertThat(caught(s -> hearing(s, r -> r.qualityFloor(0))))
        .contains(Invariant.QUALITY_FLOOR_HELD, Invariant.UNSERVABLE_REFUSED);
  }

  @Test
  void catchesAnIgnoredRegion() {
    assertThat(caught(s -> hearing(s, r -> r.region(RequestDescriptor.NO_REGION))))
        .contains(Invariant.REGION_PERMITTED);
  }

  @Test
  void catchesAnIgnoredDeadline() {
    assertThat(caught(s -> hearing(s, r -> r.deadlineNanos(RequestDescriptor.NO_DEADLINE))))
        .contains(Invariant.DEADLINES_PREDICTED_MET, Invariant.TIMER_ARMED_FOR_DEADLINE);
  }

  @Test
  void catchesAnIgnoredLength() {
    assertThat(caught(s -> hearing(s, r -> r.length(1))))
        .contains(Invariant.LENGTH_WITHIN_LIMIT, Invariant.PADDED_AS_PLANNED);
  }

  private static Scheduler hearing(Scheduler sound, UnaryOperator<RequestDescriptor> change) {
    return new PlantedFault(sound) {
      @Override
      public void arrived(long nowNanos, RequestDescriptor request, Decisions driver) {
        super.arrived(nowNanos, change.apply(request), driver);
      }
    };
  }

  @Test
  void catchesAnEndpointThatWentDown() {
    assertThat(
            caught(s ->
                new PlantedFault(s) {
                  @Override
                  public void endpointChanged(
                      long nowNanos, int endpoint, EndpointState state, Decisions driver) {
                    super.timer(nowNanos, driver);
                  }
                }))
        .contains(Invariant.ENDPOINT_UP);
  }

  @Test
  void catchesAnOvercommittedEndpoint() {
    assertThat(caught(s -> dispatching(s, FirstEndpoint::new)))
        .contains(Invariant.ENDPOINT_NOT_OVERCOMMITTED);
  }

  private static final class FirstEndpoint extends PlantedFault.Spoilt {
    FirstEndpoint(Batch sound) {
      super(sound);
    }

    @Override
    public int endpoint() {
      return 0;
    }
  }

  @Test
  void catchesAWrongPaddedLength() {
    assertThat(caught(s -> dispatching(s, OneLonger::new))).contains(Invariant.PADDED_AS_PLANNED);
  }

  private static final class OneLonger extends PlantedFault.Spoilt {
    OneLonger(Batch sound) {
      super(sound);
    }

    @Override
    public int paddedLength() {
      return sound.paddedLength() + 1;
    }
  }

  @Test
  void catchesIgnoredBucketEdges() {
    assertThat(caught(s -> planned(s, p -> p.toBuilder().bucketEdges(List.of()).build())))
        .contains(Invariant.PADDED_AS_PLANNED);
  }

  @Test
  void catchesIgnoredLimitsOfAPlan() {
    assertThat(caught(s -> planned(s, p -> p.toBuilder().limits(ServiceLimits.NONE).build())))
        .contains(Invariant.SHARE_OF_VARIANT_HELD, Invariant.BATCH_NOT_OVERFULL);
  }

  private static Scheduler planned(Scheduler sound, UnaryOperator<ServicePlan> change) {
    return new PlantedFault(sound) {
      @Override
      public void planPublished(long nowNanos, Plan plan, Decisions driver) {
        List<ServicePlan> changed = plan.services().stream().map(change).toList();
        super.planPublished(nowNanos, new Plan(plan.version(), changed), driver);
      }
    };
  }

  @Test
  void catchesABatchThatIsPredictedLate() {
    assertThat(caught(s -> dispatching(s, TenTimesAsLong::new)))
        .containsOnly(Invariant.DEADLINES_PREDICTED_MET);
  }

  private static final class TenTimesAsLong extends PlantedFault.Spoilt {
    TenTimesAsLong(Batch sound) {
      super(sound);
    }

    @Override
    public long predictedNanos() {
      return sound.predictedNanos() * 10;
    }
  }

  @Test
  void catchesAReusedDispatchId() {
    assertThat(caught(s -> dispatching(s, SameId::new))).contains(Invariant.DISPATCH_ID_FRESH);
  }

  private static final class SameId extends PlantedFault.Spoilt {
    SameId(Batch sound) {
      super(sound);
    }

    @Override
    public long dispatchId() {
      return 1;
    }
  }

  private static Scheduler dispatching(Scheduler sound, UnaryOperator<Batch> spoil) {
    return new PlantedFault(sound) {
      @Override
      public void dispatch(Batch batch) {
        out().dispatch(spoil.apply(batch));
      }
    };
  }

  @Test
  void catchesATimerNeverAskedFor() {
    assertThat(caught(Sleepless::new)).containsOnly(Invariant.TIMER_ARMED_FOR_DEADLINE);
  }

  private static final class Sleepless extends PlantedFault {
    Sleepless(Scheduler sound) {
      super(sound);
    }

    @Override
    public void wakeAt(long timeNanos) {
      out().wakeAt(Long.MAX_VALUE);
    }
  }

  @Test
  void catchesAStarvedTenant() {
    assertThat(caught(TenantForgotten::new)).contains(Invariant.WORK_CONSERVED);
  }

  /** Hears nothing of the first tenant's requests until it is told to stop. */
  private static final class TenantForgotten extends PlantedFault {
    TenantForgotten(Scheduler sound) {
      super(sound);
    }

    @Override
    public void arrived(long nowNanos, RequestDescriptor request, Decisions driver) {
      if (request.tenant() == 0) {
        driver.wakeAt(nowNanos);
      } else {
        super.arrived(nowNanos, request, driver);
      }
    }
  }

  @Test
  void catchesARefusalWithoutCause() {
    assertThat(
            caught(s ->
                new PlantedFault(s) {
                  @Override
                  public void arrived(long now, RequestDescriptor request, Decisions driver) {
                    driver.ended(request.requestId(), Outcome.REJECTED, Reason.PREDICTED_LATE, 0);
                  }
                }))
        .contains(Invariant.REFUSAL_JUSTIFIED);
  }

  @Test
  void catchesAnOutcomeThatDoesNotFitItsEvent() {
    assertThat(
            caught(s ->
                new PlantedFault(s) {
                  @Override
                  public void ended(long id, Outcome outcome, Reason reason, long retryAfter) {
                    boolean spoil = outcome == Outcome.CANCELLED;
                    out().ended(id, spoil ? Outcome.FAILED : outcome, reason, retryAfter);
                  }
                }))
        .containsOnly(Invariant.OUTCOME_FITS_EVENT);
  }

  @Test
  void catchesAnEvictionBeforeTheDeadline() {
    assertThat(
            caught(s ->
                new PlantedFault(s) {
                  @Override
                  public void ended(long id, Outcome outcome, Reason reason, long retryAfter) {
                    boolean spoil = outcome == Outcome.CANCELLED;
                    out()
                        .ended(
                            id,
                            spoil ? Outcome.EVICTED : outcome,
                            spoil ? Reason.EXPIRED : reason,
                            retryAfter);
                  }
                }))
        .contains(Invariant.EVICTION_JUSTIFIED);
  }

  @Test
  void catchesDecisionsThatDependOnMoreThanTheEvents() {
    long[] hashes = new long[2];
    for (int i = 0; i < hashes.length; i++) {
      SplittableRandom random = new SplittableRandom(4);
      Scenario scenario = new Scenario(random);
      long drift = i;
      Scheduler drifting =
          new PlantedFault(scenario.engine()) {
            @Override
            public void wakeAt(long timeNanos) {
              out().wakeAt(timeNanos == Long.MAX_VALUE ? timeNanos : timeNanos - drift);
            }
          };
      World world = new World(scenario, drifting, random, new Reached(), () -> {});
      world.run(EVENTS);
      hashes[i] = world.ledger.decisionHash();
    }
    assertThat(hashes[0]).isNotEqualTo(hashes[1]);
  }

  @Test
  void catchesANegativeRetryHint() {
    assertThat(
            caught(s ->
                new PlantedFault(s) {
                  @Override
                  public void ended(long id, Outcome outcome, Reason reason, long retryAfter) {
                    out().ended(id, outcome, reason, -1);
                  }
                }))
        .containsOnly(Invariant.RETRY_HINT_NOT_NEGATIVE);
  }
}
