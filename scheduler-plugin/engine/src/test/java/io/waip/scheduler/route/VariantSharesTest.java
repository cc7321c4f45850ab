package io.waip.scheduler.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Tier;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.Plan;
import io.waip.api.plan.ServiceLimits;
import io.waip.api.plan.ServicePlan;
import io.waip.api.plan.VariantLimit;
import io.waip.scheduler.plan.PlanTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first variant meets the floor of 0.985, the second has quality 0.97 and batches of 8. */
class VariantSharesTest {
  private static final int FP32 = 0;
  private static final int INT8 = 1;

  private static PlanTable plan(VariantLimit... limits) {
    List<Variant> variants =
        List.of(new Variant("fp32", 1, 8, 16), new Variant("int8", 0.97, 8, 16));
    Objective objective = new Objective(Tier.INTERACTIVE, Duration.ofMillis(50), 99, 0.985);
    Deployment deployment =
        new Deployment(
            List.of(new Service("s", objective, true, variants)),
            List.of(Tenant.unlimited("t")),
            List.of(Endpoint.worker("w")));
    ServiceLimits given = new ServiceLimits(Double.POSITIVE_INFINITY, List.of(limits));
    ServicePlan parameters = ServicePlan.DEFAULT.toBuilder().limits(given).build();
    return new PlanTable(
        deployment, (variant, batch, length) -> batch, Plan.uniform(1, deployment, parameters));
  }

  private static PlanTable half() {
    return plan(VariantLimit.NONE, new VariantLimit(0.5, 8));
  }

  @Test
  void keepsAVariantBelowTheFloorOutUnlessThePlanGivesItAShare() {
    assertThat(new VariantShares(plan()).permits(INT8)).isFalse();
    assertThat(new VariantShares(plan()).permits(FP32)).isTrue();
  }

  /** With a share of one half a batch of 8 is permitted once 8 others were dispatched. */
  @Test
  void permitsTheLargestBatchOnceItKeepsWithinTheShare() {
    VariantShares shares = new VariantShares(half());
    assertThat(shares.permits(INT8)).isFalse();
    shares.dispatched(FP32, 7);
    assertThat(shares.permits(INT8)).isFalse();
    shares.dispatched(FP32, 1);
    assertThat(shares.permits(INT8)).isTrue();
    shares.dispatched(INT8, 8);
    assertThat(shares.permits(INT8)).isFalse();
  }

  @Test
  void countsTheBatchThatThePlanAllows() {
    VariantShares shares = new VariantShares(plan(VariantLimit.NONE, new VariantLimit(0.5, 2)));
    shares.dispatched(FP32, 2);
    assertThat(shares.permits(INT8)).isTrue();
  }

  @Test
  void aPlanThatTakesTheShareAwayHoldsAtOnce() {
    VariantShares shares = new VariantShares(half());
    shares.dispatched(FP32, 100);
    assertThat(shares.permits(INT8)).isTrue();
    shares.plan(plan(VariantLimit.NONE, new VariantLimit(0, 8)));
    assertThat(shares.permits(INT8)).isFalse();
  }

  /** A day of the reference alone must not pay for thousands of cheaper answers in a row. */
  @Test
  void forgetsWhatWasDispatchedLongAgo() {
    VariantShares shares = new VariantShares(half());
    shares.dispatched(FP32, 1_000_000);
    for (int i = 0; i < 2_000; i++) {
      shares.dispatched(FP32, 8);
    }
    int inRow = 0;
    while (shares.permits(INT8)) {
      shares.dispatched(INT8, 8);
      inRow += 8;
    }
    assertThat(inRow).isBetween(4_000, 8_200);
  }
}
