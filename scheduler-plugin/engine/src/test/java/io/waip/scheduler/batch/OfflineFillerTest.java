package io.waip.scheduler.batch;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import org.junit.jupiter.api.Test;

/** Costs are 4 + batch * length; the plan adds no margin and pads a quarter. Batches of up to 8. */
class OfflineFillerTest {
  private static final int WINDOW = 64;

  private final RequestTable table = new RequestTable(2 * WINDOW);
  private final Window window = new Window(table, WINDOW);
  private final OfflineFiller filler = new OfflineFiller(WINDOW);
  private final Candidate batch = new Candidate(8);
  private long nextId;

  private Situation situation(boolean paddable, long offlineEnd, long nextFree) {
    Objective objective = new Objective(Tier.INTERACTIVE, Duration.ofNanos(1_000), 99, 0);
    Service service = new Service("s", objective, paddable, List.of(new Variant("m", 1, 8, 40)));
    Deployment deployment =
        new Deployment(
            List.of(service), List.of(Tenant.unlimited("t")), List.of(Endpoint.worker("w")));
    ServicePlan exact = ServicePlan.DEFAULT.toBuilder().latencyMargin(1).build();
    PlanTable plan =
        new PlanTable(
            deployment, (v, b, l) -> 4 + (long) b * l, Plan.uniform(0, deployment, exact));
    Situation situation = new Situation(window, plan);
    situation.correction(0, 1);
    return situation.at(0, 0).variants(1, 1).offline(false, offlineEnd).endpoints(1, nextFree);
  }

  private int request(int length, long deadline) {
    RequestDescriptor request =
        new RequestDescriptor().reset(nextId++, 0, 0).length(length).deadlineNanos(deadline);
    return table.add(request, deadline, 1, length);
  }

  private void urgent(int length, long deadline) {
    window.addWithDeadline(request(length, deadline), 4);
  }

  private void offline(int count, int length, long deadline) {
    for (int i = 0; i < count; i++) {
      window.addOffline(request(length, deadline), 1);
    }
  }

  /** Makes a batch of the requests at these positions, all of length 2. */
  private void batchOf(long earliestDeadline, int... positions) {
    batch.clear();
    batch.set(0, 2, 4 + 2L * positions.length, earliestDeadline);
    batch.worth(1, 1);
    for (int position : positions) {
      batch.add(position);
    }
  }

  @Test
  void fillsUpToTheLargestBatch() {
    urgent(2, 100);
    offline(20, 2, Long.MAX_VALUE);
    batchOf(100, 0);
    filler.fill(situation(true, Long.MAX_VALUE, Long.MAX_VALUE), batch);
    assertThat(batch.size()).isEqualTo(8);
    assertThat(batch.predictedNanos()).isEqualTo(4 + 8 * 2);
    assertThat(batch.position(0)).isZero();
    assertThat(batch.score()).isEqualTo(1);
  }

  @Test
  void keepsEveryDeadlineOfTheBatch() {
    urgent(2, 11);
    offline(20, 2, Long.MAX_VALUE);
    batchOf(11, 0);
    filler.fill(situation(true, Long.MAX_VALUE, Long.MAX_VALUE), batch);
    assertThat(batch.size()).isEqualTo(3); // 4 + 3 * 2 = 10, and 12 with one more
  }

  @Test
  void endsWithinTheBoundOnBatchesWithOfflineWork() {
    urgent(2, 100);
    offline(20, 2, Long.MAX_VALUE);
    batchOf(100, 0);
    filler.fill(situation(true, 15, Long.MAX_VALUE), batch);
    assertThat(batch.size()).isEqualTo(5);
  }

  @Test
  void endsBeforeARequestLeftBehindHasToStart() {
    urgent(2, 100);
    urgent(2, 19); // has to start at 13
    offline(20, 2, Long.MAX_VALUE);
    batchOf(100, 0);
    filler.fill(situation(true, Long.MAX_VALUE, Long.MAX_VALUE), batch);
    assertThat(batch.size()).isEqualTo(4);
    batchOf(100, 0);
    filler.fill(situation(true, Long.MAX_VALUE, 10), batch);
    assertThat(batch.size()).as("another endpoint is free before").isEqualTo(8);
  }

  @Test
  void aDeadlineOfOfflineWorkIsKeptOrTheRequestLeft() {
    urgent(2, 100);
    offline(1, 2, 7);
    offline(2, 2, 11);
    batchOf(100, 0);
    filler.fill(situation(true, Long.MAX_VALUE, Long.MAX_VALUE), batch);
    assertThat(batch.size()).isEqualTo(3);
    assertThat(batch.earliestDeadline()).isEqualTo(11);
  }

  @Test
  void padsNoMoreThanThePlanAllowsAndNeverPadsTheBatch() {
    urgent(2, 100);
    offline(3, 1, Long.MAX_VALUE);
    offline(3, 3, Long.MAX_VALUE);
    batchOf(100, 0);
    filler.fill(situation(true, Long.MAX_VALUE, Long.MAX_VALUE), batch);
    assertThat(batch.size()).isEqualTo(1);
  }

  @Test
  void leavesOtherBatchesAlone() {
    urgent(2, 100);
    offline(9, 2, Long.MAX_VALUE);
    batchOf(100, 0, 3);
    filler.fill(situation(true, Long.MAX_VALUE, Long.MAX_VALUE), batch);
    assertThat(batch.size()).isEqualTo(2);
    batch.clear();
    filler.fill(situation(true, Long.MAX_VALUE, Long.MAX_VALUE), batch);
    assertThat(batch.isEmpty()).isTrue();
  }
}
