package io.waip.triton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Outcome;
import io.waip.api.RequestDescriptor;
import io.waip.api.plan.ServiceLimits;
import io.waip.api.plan.ServicePlan;
import io.waip.api.plan.VariantLimit;
import io.waip.triton.LoopBench.Decision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What watchers of a loop are told. */
class WatchedLoopTest {
  private final List<String> told = new ArrayList<>();

  private final PlannerWatcher watcher =
      new PlannerWatcher() {
        @Override
        public void arrived(SeenArrival arrival) {
          told.add(
              "arrived " + arrival.service() + " " + arrival.tenant() + " " + arrival.length());
          assertThat(arrival.deadlineNanos()).isGreaterThan(arrival.nowNanos());
        }

        @Override
        public void ended(long nowNanos, int service, Outcome outcome, int arm) {
          told.add("ended " + service + " " + outcome + " " + arm);
        }

        @Override
        public void executed(SeenExecution execution) {
          told.add(
              "executed "
                  + execution.variant()
                  + " "
                  + execution.rows()
                  + " "
                  + execution.length());
          assertThat(execution.measuredNanos()).isEqualTo(5 * Specs.MS);
          assertThat(execution.predictedNanos()).isPositive();
        }

        @Override
        public void advanced(long nowNanos) {
          told.add("advanced");
        }

        @Override
        public void ended() {
          told.add("ended");
        }
      };

  private void serve(LoopBench bench, int slot) {
    bench.submit(slot, 40);
    bench.turn();
    Decision decision = bench.decisions().getFirst();
    bench.front().completed(decision.id(), 5 * Specs.MS);
    bench.turn();
  }

  @Test
  void arrivalsAndExecutionsAreToldOnceASecondAndTheEndOnce() {
    try (LoopBench bench = new LoopBench(Specs.spec(Specs.embed()), List.of(watcher))) {
      bench.open(0, "embed", 8, 1);
      told.clear();
      serve(bench, 0);
      serve(bench, 1);
      assertThat(told).isEmpty();
      bench.later(1000);
      // The first execution of a model pays for its set-up and is told like any other.
      assertThat(told)
          .containsExactly(
              "arrived 0 0 40",
              "executed 0 1 40",
              "ended 0 COMPLETED 0",
              "arrived 0 0 40",
              "executed 0 1 40",
              "ended 0 COMPLETED 0",
              "advanced");
    }
    assertThat(told).endsWith("advanced", "ended");
  }

  @Test
  void whatDoesNotFitIsToldSooner() {
    SeenLog log = new SeenLog(List.of(watcher));
    RequestDescriptor request = new RequestDescriptor();
    for (int i = 0; i < 20_000; i++) {
      log.arrived(i, request.reset(i, 0, 1).length(7).arrivalNanos(i).deadlineNanos(i + 1));
    }
    log.advance(20_000);
    assertThat(told).hasSize(20_001).endsWith("arrived 0 1 7", "advanced");
  }

  @Test
  void tellsUnderWhichOrderARequestArrived() {
    PlanningSpec spec = Specs.spec(Specs.embed());
    try (LoopBench bench = new LoopBench(spec, List.of(watcher))) {
      bench.open(0, "embed", 8, 1);
      serve(bench, 1);
      bench.inbox().offer(spec, new PlanInbox.Order(3, List.of(ServicePlan.DEFAULT)));
      bench.later(60);
      serve(bench, 2);
      bench.later(1000);
    }
    assertThat(told).contains("ended 0 COMPLETED 0", "ended 0 COMPLETED 3");
  }

  @Test
  void refusesAnOrderForOtherVariants() {
    PlanningSpec spec = Specs.spec(Specs.embed());
    ServicePlan other =
        ServicePlan.DEFAULT.toBuilder()
            .limits(new ServiceLimits(9, Collections.nCopies(9, VariantLimit.NONE)))
            .build();
    assertThatThrownBy(() -> new PlanInbox().offer(spec, new PlanInbox.Order(1, List.of(other))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the plan is of other services or variants");
  }

  @Test
  void decisionsAreThoseOfALoopThatNobodyWatches() {
    assertThat(decisions(List.of(watcher))).isEqualTo(decisions(List.of())).isNotEmpty();
  }

  private static List<Decision> decisions(List<PlannerWatcher> watchers) {
    List<Decision> decisions = new ArrayList<>();
    try (LoopBench bench = new LoopBench(Specs.spec(Specs.embed()), watchers)) {
      bench.open(0, "embed", 8, 1);
      for (int request = 0; request < 400; request++) {
        bench.request(request % 64, 1 + request / 64).shape(1 + request % 100, 1).submit();
        bench.later(9);
        for (Decision decision : bench.decisions()) {
          decisions.add(decision);
          if (decision.dispatch()) {
            bench.front().completed(decision.id(), 5 * Specs.MS);
          }
        }
      }
    }
    return decisions;
  }
}
