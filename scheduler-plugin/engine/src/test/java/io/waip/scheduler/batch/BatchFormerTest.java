package io.waip.scheduler.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.Plan;
import io.waip.api.plan.ServicePlan;
import io.waip.scheduler.plan.PlanTable;
import io.waip.scheduler.state.RequestTable;
import io.waip.scheduler.state.Window;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Costs are 4 + batch * length; the plan adds no margin. Batches of up to 8. */
class BatchFormerTest {
  private static final int WINDOW = 64;
  private static final double SKIP_HYSTERESIS = 1.02;
  private static final double CAP = ServicePlan.DEFAULT.paddingCap();

  private final RequestTable table = new RequestTable(2 * WINDOW);
  private final Window window = new Window(table, WINDOW);
  private final BatchFormer former = new BatchFormer(WINDOW);
  private final Candidate best = new Candidate(8);
  private long nextId;

  private static PlanTable plan(boolean paddable) {
    Objective objective = new Objective(Tier.INTERACTIVE, Duration.ofNanos(1_000), 99, 0);
    Service service = new Service("s", objective, paddable, List.of(new Variant("m", 1, 8, 40)));
    Deployment deployment =
        new Deployment(
            List.of(service), List.of(Tenant.unlimited("t")), List.of(Endpoint.worker("w")));
    ServicePlan exact = ServicePlan.DEFAULT.toBuilder().latencyMargin(1).build();
    return new PlanTable(
        deployment, (v, b, l) -> 4 + (long) b * l, Plan.uniform(0, deployment, exact));
  }

  private static Situation situation(Window window, PlanTable plan) {
    Situation situation = new Situation(window, plan);
    situation.correction(0, 1);
    return situation
        .at(0, 0)
        .variants(1, 1)
        .offline(false, Long.MAX_VALUE)
        .endpoints(1, Long.MAX_VALUE);
  }

  private void add(int length, long deadline) {
    window.addWithDeadline(request(length, deadline), 4);
  }

  private int request(int length, long deadline) {
    RequestDescriptor request =
        new RequestDescriptor().reset(nextId++, 0, 0).length(length).deadlineNanos(deadline);
    return table.add(request, deadline, 1, length);
  }

  private void reset() {
    for (int i = 0; i < window.size(); i++) {
      table.release(window.slot(i));
    }
    window.clear();
  }

  private int[] formed(Situation situation) {
    former.form(situation, best);
    int[] positions = new int[best.size()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = best.position(i);
    }
    Arrays.sort(positions);
    return positions;
  }

  @Test
  void takesAllThatFits() {
    for (int i = 0; i < 5; i++) {
      add(2, 1_000);
    }
    assertThat(formed(situation(window, plan(true)))).containsExactly(0, 1, 2, 3, 4);
    assertThat(best.paddedLength()).isEqualTo(2);
    assertThat(best.predictedNanos()).isEqualTo(4 + 5 * 2);
    assertThat(best.earliestDeadline()).isEqualTo(1_000);
  }

  @Test
  void aSlowEndpointRunsTheSameBatchWhereItsDeadlinesAllow() {
    for (int i = 0; i < 5; i++) {
      add(2, 1_000);
    }
    Situation slow = situation(window, plan(true));
    slow.correction(0, 3);
    assertThat(formed(slow)).hasSize(5);
    assertThat(best.predictedNanos()).isEqualTo(3 * (4 + 5 * 2));
  }

  @Test
  void endsWithinTheBoundForUrgentBatchesWhileAllDeadlinesCanBeMet() {
    for (int i = 0; i < 5; i++) {
      add(2, 1_000);
    }
    assertThat(formed(situation(window, plan(true)).urgent(10))).containsExactly(0, 1, 2);
    reset();
    for (int i = 0; i < 5; i++) {
      add(2, 14);
    }
    assertThat(formed(situation(window, plan(true)).urgent(10))).hasSize(5);
  }

  @Test
  void stopsAtTheVariantsLargestBatch() {
    for (int i = 0; i < 20; i++) {
      add(2, 1_000);
    }
    assertThat(formed(situation(window, plan(true)))).hasSize(8);
  }

  @Test
  void formsNothingFromRequestsThatAreAllTooLate() {
    add(2, 5);
    add(2, 3);
    assertThat(formed(situation(window, plan(true)))).isEmpty();
  }

  @Test
  void keepsDifferentLengthsApartWhereNothingIsPadded() {
    add(3, 1_000);
    add(2, 1_000);
    add(3, 1_000);
    int[] positions = formed(situation(window, plan(false)));
    assertThat(positions).containsExactly(0, 2);
  }

  @Test
  void endsABatchWithOfflineWorkBeforeItsLimit() {
    add(2, 1_000);
    for (int i = 0; i < 7; i++) {
      window.addOffline(request(2, Long.MAX_VALUE), 1);
    }
    Situation situation = situation(window, plan(true)).offline(false, 10);
    formed(situation);
    assertThat(best.predictedNanos()).isLessThanOrEqualTo(10);
  }

  @Test
  void takesOnlyOfflineWorkWhenItIsDue() {
    add(2, 1_000);
    window.addOffline(request(2, Long.MAX_VALUE), 1);
    assertThat(formed(situation(window, plan(true)).offline(true, 100))).containsExactly(1);
  }

  @Test
  void waitsUntilOneMoreWouldJustMeetTheEarliestDeadline() {
    add(2, 100);
    Situation situation = situation(window, plan(true));
    formed(situation);
    assertThat(former.deferUntilNanos(situation, best)).isEqualTo(100 - (4 + 2 * 2));
  }

  @Test
  void neverWaitsWithAFullBatchOrWithoutADeadline() {
    window.addWithDeadline(request(2, RequestDescriptor.NO_DEADLINE), 4);
    Situation situation = situation(window, plan(true));
    formed(situation);
    assertThat(former.deferUntilNanos(situation, best)).isEqualTo(Long.MIN_VALUE);
    reset();
    for (int i = 0; i < 8; i++) {
      add(2, 1_000);
    }
    formed(situation);
    assertThat(former.deferUntilNanos(situation, best)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void findsTheBestOfAllSubsetsUnderOverload() {
    SplittableRandom random = new SplittableRandom(1);
    Situation situation = situation(window, plan(true));
    int compared = 0;
    for (int round = 0; round < 3_000; round++) {
      reset();
      int count = 1 + random.nextInt(8);
      long[] deadlines = random.longs(count, 1, 45).sorted().toArray();
      for (long deadline : deadlines) {
        add(3, deadline);
      }
      formed(situation);
      if (!allFeasible(deadlines)) {
        double expected = bestOfAllSubsets(deadlines);
        double found = best.isEmpty() ? Double.NEGATIVE_INFINITY : best.surplus();
        assertThat(found).as(Arrays.toString(deadlines)).isEqualTo(expected, within(1e-12));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(1_000);
  }

  @Test
  void aBatchIsWorthItsValueLessThePriceOfItsTime() {
    // 4 + 10 for one of length 10, 4 + 8 for four of 2; work is worth 4 a unit, time costs 3.2.
    add(10, 1_000);
    for (int i = 0; i < 4; i++) {
      add(2, 1_000);
    }
    assertThat(formed(situation(window, plan(true)))).containsExactly(0);
    assertThat(best.surplus()).isEqualTo(4 * 10 / 1.0 - 3.2 * 14, within(1e-9));
  }

  @Test
  void timeIsAsDearAsTheLeastUrgentWorkThatWaits() {
    add(2, 1_000);
    window.addOffline(request(2, Long.MAX_VALUE), 1);
    formed(situation(window, plan(true)));
    // Both: 4 · 2 + 1 · 2 for 8 units of 0.8 each; the urgent one alone: 8 for 6 units.
    assertThat(best.size()).isEqualTo(2);
    assertThat(best.surplus()).isEqualTo(10 - 0.8 * 8, within(1e-9));
  }

  /** As the former defines it: each request takes twice its part of the best batch. */
  private static boolean allFeasible(long[] deadlines) {
    double part = (4 + 8 * 3) / 8.0;
    for (int i = 0; i < deadlines.length; i++) {
      if (2 * part * (i + 1) > deadlines[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Value is length times 4, and each unit of time costs 0.8 of that; a subset without the most
   * urgent request counts a little less.
   */
  private static double bestOfAllSubsets(long[] deadlines) {
    double best = Double.NEGATIVE_INFINITY;
    for (int subset = 1; subset < 1 << deadlines.length; subset++) {
      int size = Integer.bitCount(subset);
      long nanos = 4 + size * 3L;
      boolean inTime = deadlines[Integer.numberOfTrailingZeros(subset)] >= nanos;
      double value = size * 3 * 4.0;
      double gain = (subset & 1) == 0 ? value / SKIP_HYSTERESIS : value;
      best = inTime ? Math.max(best, gain - 0.8 * 4 * nanos) : best;
    }
    return best;
  }

  @Test
  void neverPadsBeyondTheCapInALongList() {
    SplittableRandom random = new SplittableRandom(2);
    Situation situation = situation(window, plan(true));
    for (int round = 0; round < 3_000; round++) {
      reset();
      int longest = 20 + random.nextInt(21);
      for (int i = 0; i < 40; i++) {
        int length = random.nextInt(3) > 0 ? longest : 1 + random.nextInt(longest);
        int value = 1 << random.nextInt(3);
        window.addWithDeadline(request(length, 100 + 10L * i), value);
      }
      formed(situation);
      double filled = 0;
      for (int i = 0; i < best.size(); i++) {
        filled += window.length(best.position(i));
      }
      assertThat(filled)
          .isGreaterThanOrEqualTo((1 - CAP) * best.size() * best.paddedLength() - 1e-9);
    }
  }

  @Test
  void formsOnlyBatchesThatMeetEveryDeadline() {
    SplittableRandom random = new SplittableRandom(3);
    Situation situation = situation(window, plan(true));
    int formed = 0;
    for (int round = 0; round < 3_000; round++) {
      reset();
      long[] deadlines = random.longs(1 + random.nextInt(40), 1, 400).sorted().toArray();
      for (long deadline : deadlines) {
        add(1 + random.nextInt(40), deadline);
      }
      former.form(situation, best);
      for (int i = 0; i < best.size(); i++) {
        assertThat(window.deadline(best.position(i))).isGreaterThanOrEqualTo(best.predictedNanos());
        assertThat(window.length(best.position(i))).isLessThanOrEqualTo(best.paddedLength());
        formed++;
      }
    }
    assertThat(formed).isGreaterThan(3_000);
  }
}
