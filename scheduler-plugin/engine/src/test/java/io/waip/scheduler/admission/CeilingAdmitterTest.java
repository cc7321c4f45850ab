package io.waip.scheduler.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.admission.Refusal;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.Plan;
import io.waip.api.plan.ServiceLimits;
import io.waip.api.plan.ServicePlan;
import io.waip.scheduler.plan.PlanTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CeilingAdmitterTest {
  private static final long SECOND = 1_000_000_000L;

  private final Refusal refusal = new Refusal();
  private final FixedLoad load = new FixedLoad();

  private static PlanTable plan(double firstCeiling) {
    List<Variant> variants = List.of(new Variant("m", 1, 8, 16));
    Objective objective = Objective.interactive(Duration.ofMillis(50));
    Deployment deployment =
        new Deployment(
            List.of(
                new Service("a", objective, true, variants),
                new Service("b", objective, true, variants)),
            List.of(Tenant.unlimited("t")),
            List.of(Endpoint.worker("w")));
    ServicePlan limited =
        ServicePlan.DEFAULT.toBuilder().limits(new ServiceLimits(firstCeiling, List.of())).build();
    return new PlanTable(
        deployment,
        (variant, batch, length) -> batch,
        new Plan(1, List.of(limited, ServicePlan.DEFAULT)));
  }

  private int admitted(CeilingAdmitter admitter, long nowNanos, int service) {
    int admitted = 0;
    for (int i = 0; i < 100; i++) {
      RequestDescriptor request = new RequestDescriptor().reset(i, service, 0);
      admitted += admitter.admit(nowNanos, request, load, refusal) ? 1 : 0;
    }
    return admitted;
  }

  /** Of 40 a second a tenth of a second brings 4. */
  @Test
  void admitsATenthOfASecondAtOnceAndThenTheCeiling() {
    CeilingAdmitter admitter = new CeilingAdmitter(plan(40));
    assertThat(admitted(admitter, 0, 0)).isEqualTo(4);
    assertThat(refusal.reason()).isEqualTo(Reason.RATE_LIMIT);
    assertThat(refusal.retryAfterNanos()).isEqualTo(SECOND / 40);
    assertThat(admitted(admitter, SECOND / 20, 0)).isEqualTo(2);
  }

  @Test
  void leavesOtherServicesAlone() {
    CeilingAdmitter admitter = new CeilingAdmitter(plan(40));
    assertThat(admitted(admitter, 0, 1)).isEqualTo(100);
  }

  @Test
  void admitsOneAtLeastBelowTenASecond() {
    assertThat(admitted(new CeilingAdmitter(plan(0.5)), 0, 0)).isEqualTo(1);
  }

  @Test
  void aNewPlanHoldsFromThenOn() {
    CeilingAdmitter admitter = new CeilingAdmitter(plan(Double.POSITIVE_INFINITY));
    assertThat(admitted(admitter, 0, 0)).isEqualTo(100);
    admitter.plan(plan(20));
    assertThat(admitted(admitter, 0, 0)).isEqualTo(2);
    admitter.plan(plan(Double.POSITIVE_INFINITY));
    assertThat(admitted(admitter, 0, 0)).isEqualTo(100);
  }
}
