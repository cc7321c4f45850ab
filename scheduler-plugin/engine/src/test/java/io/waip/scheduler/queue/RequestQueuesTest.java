package io.waip.scheduler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.queue.FairnessPolicy;
import io.waip.scheduler.state.RequestTable;
import io.waip.scheduler.state.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestQueuesTest {
  private static final int WINDOW = 4;
  private static final long NO_DEADLINE = RequestDescriptor.NO_DEADLINE;

  private final Requests requests = new Requests(100);
  private final HeldTenant fairness = new HeldTenant();
  private final Window window = new Window(requests.table, WINDOW);
  private final RequestQueues queues = queues(true);

  /** Holds back one tenant, and notes who is active. */
  private static final class HeldTenant implements FairnessPolicy {
    final List<Integer> active = new ArrayList<>();
    int held = -1;

    @Override
    public void activated(int tenant) {
      active.add(tenant);
    }

    @Override
    public void deactivated(int tenant) {
      active.removeIf(each -> each == tenant);
    }

    @Override
    public boolean mayServe(int tenant) {
      return tenant != held;
    }

    @Override
    public void charge(int tenant, double deviceNanos) {}
  }

  private RequestQueues queues(boolean byDeadline) {
    Objective objective = Objective.interactive(Duration.ofMillis(50));
    Service service = new Service("s", objective, true, List.of(new Variant("m", 1, 8, 128)));
    Deployment deployment =
        new Deployment(
            List.of(service),
            List.of(Tenant.unlimited("t"), Tenant.unlimited("u")),
            List.of(Endpoint.worker("w")));
    FairnessPolicy[] policies = {fairness, fairness, fairness};
    return new RequestQueues(deployment, requests.table, policies, WINDOW, byDeadline);
  }

  private int add(long key, int tenant, Tier tier, long endpoints) {
    int slot = requests.add(key, tenant, tier, endpoints);
    queues.add(slot);
    return slot;
  }

  private List<Long> windowKeys(int endpoint, boolean fair) {
    queues.fill(window, 0, endpoint, fair);
    List<Long> keys = new ArrayList<>();
    for (int i = 0; i < window.size(); i++) {
      keys.add(window.deadline(i));
    }
    return keys;
  }

  @Test
  void fillsTheWindowByDeadlineThenWithOfflineWork() {
    add(3, 0, Tier.OFFLINE, 1);
    add(9, 0, Tier.INTERACTIVE, 1);
    add(5, 1, Tier.NEARLINE, 1);
    add(7, 1, Tier.INTERACTIVE, 1);
    assertThat(windowKeys(0, true)).containsExactly(5L, 7L, 9L, 3L);
    assertThat(window.deadlineCount()).isEqualTo(3);
  }

  @Test
  void holdsBackATenantWhenAskedTo() {
    fairness.held = 1;
    add(9, 0, Tier.INTERACTIVE, 1);
    add(5, 1, Tier.INTERACTIVE, 1);
    assertThat(windowKeys(0, true)).containsExactly(9L);
    assertThat(windowKeys(0, false)).containsExactly(5L, 9L);
  }

  @Test
  void looksPastWhatMayNotRunOnTheEndpoint() {
    for (int i = 0; i < 3 * WINDOW; i++) {
      add(i, 0, Tier.INTERACTIVE, 0b10);
    }
    add(50, 0, Tier.INTERACTIVE, 0b01);
    assertThat(windowKeys(0, true)).containsExactly(50L);
    assertThat(windowKeys(1, true)).hasSize(WINDOW);
  }

  /** Tenant 0 floods, tenant 1 is inside its share. */
  private void protectTheSecondTenant() {
    queues.shares().offered(0, 0, 9e9);
    queues.shares().offered(0, 1, 2e6);
    queues.shares().refresh(0, 1);
  }

  @Test
  void putsAProtectedTenantFirstAndTheFreshestOfTheOthersNext() {
    protectTheSecondTenant();
    for (int i = 0; i < 3 * WINDOW; i++) {
      add(i, 0, Tier.INTERACTIVE, 1);
    }
    add(1_000, 1, Tier.INTERACTIVE, 1);
    add(900, 1, Tier.NEARLINE, 1);
    List<Long> keys = windowKeys(0, true);
    assertThat(keys).hasSize(WINDOW).startsWith(900L, 1_000L, WINDOW - 3L).endsWith(0L);
    assertThat(window.value(1)).isEqualTo(16 * window.value(2));
    assertThat(window.deadlineCount()).isEqualTo(WINDOW);
  }

  @Test
  void protectionDoesNotLiftTheBoundOfFairness() {
    protectTheSecondTenant();
    fairness.held = 1;
    add(9, 1, Tier.INTERACTIVE, 1);
    add(8, 0, Tier.INTERACTIVE, 1);
    assertThat(windowKeys(0, true)).containsExactly(8L);
  }

  @Test
  void knowsTheUrgentWorkOfEachTenant() {
    int first = add(1, 0, Tier.INTERACTIVE, 1);
    int second = add(2, 0, Tier.NEARLINE, 1);
    add(3, 0, Tier.OFFLINE, 1);
    double one = requests.table.work(first);
    assertThat(queues.urgentWorkNanos(0)).isEqualTo(one + requests.table.work(second));
    queues.remove(first);
    queues.remove(second);
    assertThat(queues.urgentWorkNanos(0)).isZero();
    assertThat(queues.urgentWorkNanos(1)).isZero();
  }

  @Test
  void removesTheDispatchedOfEveryFlow() {
    add(1, 0, Tier.INTERACTIVE, 1);
    int second = add(2, 1, Tier.INTERACTIVE, 1);
    int offline = add(3, 1, Tier.OFFLINE, 1);
    queues.fill(window, 0, 0, true);
    for (int position : new int[] {1, 2}) {
      window.take(position);
      requests.table.dispatched(window.slot(position), 5);
    }
    queues.removeDispatched(window);
    assertThat(queues.queued()).isEqualTo(1);
    assertThat(queues.remove(second)).isFalse();
    assertThat(queues.remove(offline)).isFalse();
    assertThat(windowKeys(0, true)).containsExactly(1L);
  }

  @Test
  void forgetsTheWorkOfATierThatEmptied() {
    int[] slots = new int[30];
    add(1, 0, Tier.INTERACTIVE, 1);
    for (int i = 0; i < slots.length; i++) {
      slots[i] = add(NO_DEADLINE, 0, Tier.OFFLINE, 1);
    }
    for (int slot : slots) {
      queues.remove(slot);
    }
    assertThat(queues.workNanos(0, Tier.OFFLINE)).isZero();
    assertThat(queues.queued(0, Tier.OFFLINE)).isZero();
    assertThat(queues.queued(0)).isEqualTo(1);
  }

  @Test
  void tellsFairnessWhenATenantComesAndGoes() {
    int first = add(1, 1, Tier.INTERACTIVE, 1);
    int second = add(2, 1, Tier.INTERACTIVE, 1);
    assertThat(fairness.active).containsExactly(1);
    queues.remove(first);
    assertThat(fairness.active).containsExactly(1);
    queues.remove(second);
    assertThat(fairness.active).isEmpty();
  }

  @Test
  void findsTheExpiredAtTheHeadsOfFlows() {
    int expired = add(5, 0, Tier.INTERACTIVE, 1);
    add(9, 1, Tier.INTERACTIVE, 1);
    assertThat(queues.earliestDeadlineNanos()).isEqualTo(5);
    assertThat(queues.removeExpired(4)).isEqualTo(RequestTable.NONE);
    assertThat(queues.removeExpired(5)).isEqualTo(expired);
    assertThat(queues.removeExpired(5)).isEqualTo(RequestTable.NONE);
    assertThat(queues.earliestDeadlineNanos()).isEqualTo(9);
  }

  @Test
  void findsTheExpiredAnywhereWhenTheOrderIsAnother() {
    RequestQueues byArrival = queues(false);
    RequestDescriptor request = new RequestDescriptor();
    RequestTable table = requests.table;
    int patient = table.add(request.reset(90, 0, 0).deadlineNanos(NO_DEADLINE), 1, 1, 1);
    int urgent = table.add(request.reset(91, 0, 0).deadlineNanos(5), 2, 1, 1);
    byArrival.add(patient);
    byArrival.add(urgent);
    assertThat(byArrival.earliestDeadlineNanos()).isEqualTo(5);
    assertThat(byArrival.removeExpired(5)).isEqualTo(urgent);
    assertThat(byArrival.removeExpired(5)).isEqualTo(RequestTable.NONE);
  }

  @Test
  void emptiesOneByOne() {
    add(5, 0, Tier.INTERACTIVE, 1);
    add(9, 1, Tier.OFFLINE, 1);
    assertThat(queues.removeAny()).isNotNegative();
    assertThat(queues.removeAny()).isNotNegative();
    assertThat(queues.removeAny()).isEqualTo(RequestTable.NONE);
    assertThat(queues.queued()).isZero();
    assertThat(fairness.active).isEmpty();
  }
}
