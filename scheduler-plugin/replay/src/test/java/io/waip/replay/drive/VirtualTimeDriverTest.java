package io.waip.replay.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.cost.LatencyModel;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.Plan;
import io.waip.api.plan.ServicePlan;
import io.waip.api.schedule.Decisions;
import io.waip.api.schedule.Scheduler;
import io.waip.replay.policy.Policy;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class VirtualTimeDriverTest {
  private static final long MS = 1_000_000L;

  /** 4 ms + 1 ms per request. */
  private static final LatencyModel MODEL = (variant, batch, length) -> (4 + batch) * MS;

  private static final Deployment DEPLOYMENT =
      new Deployment(
          List.of(
              new Service(
                  "s",
                  Objective.interactive(Duration.ofMillis(20)),
                  true,
                  List.of(new Variant("m", 1, 8, 16)))),
          List.of(Tenant.unlimited("t")),
          List.of(Endpoint.worker("w")));

  private static RunLog run(Policy policy, double noise, long... arrivals) {
    Plan plan =
        Plan.uniform(0, DEPLOYMENT, ServicePlan.DEFAULT.toBuilder().latencyMargin(1).build());
    return VirtualTimeDriver.run(
        new FixedSource(20 * MS, arrivals),
        policy.create(DEPLOYMENT, MODEL, plan),
        new ExecutionTimes(MODEL, noise, 1));
  }

  @Test
  void completesABatchAfterItsModelledTime() {
    RunLog log = run(Policy.FIFO, 0, 0, 1, 2);
    assertThat(log.endNanos(0)).isEqualTo(5 * MS);
    assertThat(log.endNanos(1)).isEqualTo(11 * MS);
    assertThat(log.batches()).isEqualTo(2);
    assertThat(log.busyNanos()).isEqualTo(11 * MS);
  }

  @Test
  void fifoServesLateWhatTheOthersDrop() {
    long[] burst = new long[30];
    RunLog fifo = run(Policy.FIFO, 0, burst);
    RunLog edf = run(Policy.EDF_PREFIX, 0, burst);
    RunLog waip = run(Policy.WAIP, 0, burst);
    assertThat(fifo.count(Outcome.LATE)).isPositive();
    assertThat(edf.count(Outcome.LATE)).isZero();
    assertThat(edf.count(Outcome.EVICTED)).isPositive();
    assertThat(waip.count(Outcome.COMPLETED)).isGreaterThanOrEqualTo(edf.count(Outcome.COMPLETED));
  }

  @Test
  void sameEventsGiveTheSameHashAndAChangedArrivalAnother() {
    for (Policy policy : Policy.values()) {
      String hash = run(policy, 0.1, 0, 3 * MS, 7 * MS).decisionHash();
      assertThat(run(policy, 0.1, 0, 3 * MS, 7 * MS).decisionHash()).isEqualTo(hash);
      assertThat(run(policy, 0.1, 0, 3 * MS, 7 * MS + 1).decisionHash()).isNotEqualTo(hash);
    }
  }

  @Test
  void noiseKeepsTheMeanTime() {
    long[] arrivals = new long[2000];
    for (int i = 0; i < arrivals.length; i++) {
      arrivals[i] = 1000L * i * MS;
    }
    RunLog log = run(Policy.FIFO, 0.2, arrivals);
    assertThat(log.busyNanos() / 2000.0).isBetween(4.95 * MS, 5.05 * MS);
  }

  @Test
  void failsLoudlyWhenASchedulerLosesARequest() {
    Scheduler silent = scheduler(out -> {});
    assertThatThrownBy(() ->
            VirtualTimeDriver.run(new FixedSource(MS, 0), silent, new ExecutionTimes(MODEL, 0, 1)))
        .hasMessage("request 0 never ended");
  }

  @Test
  void failsLoudlyWhenASchedulerEndsARequestTwice() {
    Scheduler doubling =
        scheduler(out -> {
          out.ended(0, Outcome.REJECTED, Reason.QUEUE_FULL, 0);
          out.ended(0, Outcome.REJECTED, Reason.QUEUE_FULL, 0);
        });
    assertThatThrownBy(() ->
            VirtualTimeDriver.run(
                new FixedSource(MS, 0), doubling, new ExecutionTimes(MODEL, 0, 1)))
        .hasMessageContaining("request 0 ended twice");
  }

  /** Returns a scheduler that answers each arrival so, and nothing else. */
  private static Scheduler scheduler(Consumer<Decisions> onArrival) {
    return (Scheduler)
        Proxy.newProxyInstance(
            Scheduler.class.getClassLoader(),
            new Class<?>[] {Scheduler.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("arrived")) {
                onArrival.accept((Decisions) arguments[2]);
              }
              return null;
            });
  }

  @Test
  void rejectsNoiseThatIsNoCoefficient() {
    assertThatThrownBy(() -> new ExecutionTimes(MODEL, -0.1, 1)).hasMessageContaining(">= 0");
    assertThatThrownBy(() -> new ExecutionTimes(MODEL, Double.NaN, 1))
        .hasMessageContaining("finite");
  }

  @Test
  void namesThePoliciesThatExist() {
    assertThatThrownBy(() -> Policy.parse("best"))
        .hasMessage(
            "unknown policy 'best'; one of waip, fifo, edf-prefix, triton, clipper-aimd,"
                + " nexus, clockwork, symphony");
    assertThat(Policy.parse("edf-prefix")).isEqualTo(Policy.EDF_PREFIX);
  }
}
