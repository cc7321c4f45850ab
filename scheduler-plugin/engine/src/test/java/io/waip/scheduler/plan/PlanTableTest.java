package io.waip.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.Tier;
import io.waip.api.cost.LatencyModel;
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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTableTest {
  private static Service service(String name, Tier tier, long latency, Variant... variants) {
    Objective objective = new Objective(tier, Duration.ofNanos(latency), 99, 0);
    return new Service(name, objective, true, List.of(variants));
  }

  private static Deployment deployment(Service... services) {
    return new Deployment(
        List.of(services), List.of(Tenant.unlimited("t")), List.of(Endpoint.worker("w")));
  }

  private static PlanTable table(Deployment deployment, LatencyModel model, double margin) {
    ServicePlan plan = ServicePlan.DEFAULT.toBuilder().latencyMargin(margin).build();
    return new PlanTable(deployment, model, Plan.uniform(3, deployment, plan));
  }

  private static final LatencyModel MODEL = (v, b, l) -> 100L * (v + 1) + 10L * b * l;

  @Test
  void predictsTheMedianTimesTheMargin() {
    Deployment deployment =
        deployment(service("s", Tier.INTERACTIVE, 1_000, new Variant("m", 1, 4, 16)));
    VariantTable variant = table(deployment, MODEL, 1.5).variant(0);
    assertThat(variant.nanos(3, variant.cell(7))).isEqualTo(Math.round(1.5 * (100 + 210)));
    assertThat(variant.margin()).isEqualTo(1.5);
  }

  @Test
  void findsTheMostEfficientBatchWithinTheObjective() {
    Deployment deployment =
        deployment(service("s", Tier.INTERACTIVE, 250, new Variant("m", 1, 100, 5)));
    VariantTable variant = table(deployment, MODEL, 1).variant(0);
    // 100 + 10 b l <= 250: b = 15 at length 1, b = 3 at length 5
    assertThat(variant.efficientNanos(variant.cell(1))).isEqualTo(250.0 / 15);
    assertThat(variant.efficientNanos(variant.cell(5))).isEqualTo(250.0 / 3);
    assertThat(variant.longestNanos()).isEqualTo(250);
  }

  @Test
  void roundsALengthUpToItsCell() {
    Deployment deployment =
        deployment(service("s", Tier.INTERACTIVE, 1_000, new Variant("m", 1, 1, 2_000)));
    VariantTable variant = table(deployment, MODEL, 1).variant(0);
    // 2000 lengths in at most 512 cells: 4 lengths each
    assertThat(variant.nanos(1, variant.cell(1))).isEqualTo(100 + 10 * 4);
    assertThat(variant.nanos(1, variant.cell(4))).isEqualTo(100 + 10 * 4);
    assertThat(variant.nanos(1, variant.cell(5))).isEqualTo(100 + 10 * 8);
    assertThat(variant.nanos(1, variant.cell(2_000))).isEqualTo(100 + 10 * 2_000);
  }

  @Test
  void numbersVariantsOverAllServices() {
    Deployment deployment =
        deployment(
            service("a", Tier.INTERACTIVE, 900, new Variant("m", 1, 1, 8)),
            service("b", Tier.OFFLINE, 50, new Variant("n", 1, 2, 4), new Variant("o", 0.9, 3, 8)));
    PlanTable table = table(deployment, MODEL, 1);
    assertThat(table.firstVariant(1)).isEqualTo(1);
    assertThat(table.endVariant(0)).isEqualTo(1);
    assertThat(table.endVariant(1)).isEqualTo(3);
    assertThat(table.variant(2).quality()).isEqualTo(0.9);
    assertThat(table.variant(2).maxBatch()).isEqualTo(3);
    assertThat(table.variant(1).maxLength()).isEqualTo(4);
    assertThat(table.version()).isEqualTo(3);
    assertThat(table.tightestInteractiveNanos()).isEqualTo(900);
  }

  @Test
  void refusesAPlanForAnotherDeployment() {
    Deployment deployment =
        deployment(service("s", Tier.INTERACTIVE, 1_000, new Variant("m", 1, 1, 8)));
    Plan other = new Plan(9, List.of(ServicePlan.DEFAULT, ServicePlan.DEFAULT));
    assertThatThrownBy(() -> new PlanTable(deployment, MODEL, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("plan 9 is for 2 services, the deployment has 1");
  }

  @Test
  void refusesAModelThatDoesNotKnowAVariant() {
    Deployment deployment =
        deployment(service("s", Tier.INTERACTIVE, 1_000, new Variant("fp32", 1, 1, 8)));
    assertThatThrownBy(() -> table(deployment, (v, b, l) -> LatencyModel.UNKNOWN_NANOS, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'fp32' at batch 1, length 1");
  }

  @Test
  void fitsSixtyFourVariantsInOneService() {
    Variant[] variants = new Variant[64];
    for (int i = 0; i < variants.length; i++) {
      variants[i] = new Variant("m" + i, 1, 1, 4);
    }
    PlanTable table = table(deployment(service("s", Tier.OFFLINE, 50, variants)), MODEL, 1);
    assertThat(table.endVariant(0)).isEqualTo(64);
    assertThat(table.tightestInteractiveNanos()).isEqualTo(Long.MAX_VALUE);
  }

  private static PlanTable bucketed(Deployment deployment, LatencyModel model, Integer... edges) {
    ServicePlan plan =
        ServicePlan.DEFAULT.toBuilder().latencyMargin(1).bucketEdges(List.of(edges)).build();
    return new PlanTable(deployment, model, Plan.uniform(4, deployment, plan));
  }

  @Test
  void predictsAtTheBucketEdge() {
    Deployment deployment =
        deployment(service("s", Tier.INTERACTIVE, 1_000, new Variant("m", 1, 4, 16)));
    VariantTable variant = bucketed(deployment, MODEL, 4, 10).variant(0);
    assertThat(variant.nanos(3, variant.cell(1))).isEqualTo(100 + 10 * 3 * 4);
    assertThat(variant.nanos(3, variant.cell(4))).isEqualTo(100 + 10 * 3 * 4);
    assertThat(variant.nanos(3, variant.cell(5))).isEqualTo(100 + 10 * 3 * 10);
    assertThat(variant.nanos(3, variant.cell(11))).isEqualTo(100 + 10 * 3 * 16);
    assertThat(variant.efficientNanos(variant.cell(5))).isEqualTo((100 + 10 * 4 * 10) / 4.0);
  }

  @Test
  void makesTheLongestInputOfEachVariantAnEdgeAndLeavesOutLongerOnes() {
    Variant longer = new Variant("m", 1, 1, 4_000);
    Variant shorter = new Variant("n", 0.9, 1, 40);
    Deployment deployment = deployment(service("s", Tier.INTERACTIVE, 1_000, longer, shorter));
    LengthCells lengths = bucketed(deployment, MODEL, 16, 64, 4_096).lengths(0);
    assertThat(lengths.count()).isEqualTo(4);
    assertThat(lengths.padded(16)).isEqualTo(16);
    assertThat(lengths.padded(17)).isEqualTo(40);
    assertThat(lengths.padded(41)).isEqualTo(64);
    assertThat(lengths.padded(65)).isEqualTo(4_000);
    assertThat(lengths.padded(4_000)).isEqualTo(4_000);
  }

  @Test
  void padsNothingWithoutEdges() {
    Deployment deployment =
        deployment(service("s", Tier.INTERACTIVE, 1_000, new Variant("m", 1, 1, 2_000)));
    PlanTable table = table(deployment, MODEL, 1);
    assertThat(table.lengths(0).padded(5)).isEqualTo(5);
    assertThat(table.variant(0).isShape(5)).isTrue();
    assertThat(bucketed(deployment, MODEL, 8).variant(0).isShape(5)).isFalse();
  }

  @Test
  void otherEdgesAreNoOtherModel() {
    Deployment deployment =
        deployment(service("s", Tier.INTERACTIVE, 1_000, new Variant("m", 1, 2, 100)));
    VariantTable plain = table(deployment, MODEL, 2).variant(0);
    VariantTable edges = bucketed(deployment, MODEL, 10, 20).variant(0);
    VariantTable otherEdges = bucketed(deployment, MODEL, 50, 70).variant(0);
    VariantTable fewerEdges = bucketed(deployment, MODEL, 50).variant(0);
    assertThat(edges.logRatio(plain)).isEqualTo(0, within(1e-12));
    assertThat(otherEdges.logRatio(edges)).isZero();
    assertThat(fewerEdges.logRatio(edges)).isZero();
    VariantTable twice =
        bucketed(deployment, (v, b, l) -> 2 * MODEL.medianNanos(v, b, l), 50).variant(0);
    assertThat(twice.logRatio(edges)).isEqualTo(Math.log(0.5), within(1e-12));
  }

  @Test
  void refusesEdgesForAServiceThatMayNotBePadded() {
    Objective objective = Objective.interactive(Duration.ofNanos(1_000));
    Deployment deployment =
        deployment(new Service("exact", objective, false, List.of(new Variant("m", 1, 1, 8))));
    assertThatThrownBy(() -> bucketed(deployment, MODEL, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("plan 4 has bucket edges for service 'exact', which may not be padded");
  }

  private static PlanTable limited(double floor, VariantLimit... limits) {
    Service service =
        new Service(
            "s",
            new Objective(Tier.INTERACTIVE, Duration.ofNanos(1_000), 99, floor),
            true,
            List.of(new Variant("a", 1, 4, 16), new Variant("b", 0.9, 4, 16)));
    Deployment deployment = deployment(service);
    ServiceLimits given = new ServiceLimits(Double.POSITIVE_INFINITY, List.of(limits));
    ServicePlan plan = ServicePlan.DEFAULT.toBuilder().limits(given).build();
    return new PlanTable(deployment, MODEL, Plan.uniform(7, deployment, plan));
  }

  @Test
  void aPlanBoundsBatchesAndStillPredictsThoseUnderWay() {
    VariantTable variant = limited(0, new VariantLimit(1, 2), VariantLimit.NONE).variant(0);
    assertThat(variant.maxBatch()).isEqualTo(2);
    assertThat(variant.nanos(4, variant.cell(16))).isGreaterThan(variant.nanos(2, 0));
    assertThat(limited(0, new VariantLimit(1, 9), VariantLimit.NONE).variant(0).maxBatch())
        .isEqualTo(4);
  }

  @Test
  void aVariantBelowTheFloorHasTheShareThatThePlanGives() {
    assertThat(limited(0.95).maxShare(1)).isZero();
    assertThat(limited(0.95, VariantLimit.NONE, VariantLimit.NONE).maxShare(1)).isZero();
    assertThat(limited(0.95, VariantLimit.NONE, new VariantLimit(0.4, 8)).maxShare(1))
        .isEqualTo(0.4);
    assertThat(limited(0.9).maxShare(1)).isEqualTo(1);
  }

  @Test
  void refusesLimitsThatDoNotFitTheService() {
    assertThatThrownBy(() -> limited(0, VariantLimit.NONE))
        .hasMessage("plan 7 limits 1 variants of service 's', which has 2");
    VariantLimit half = new VariantLimit(0.5, 8);
    assertThatThrownBy(() -> limited(0, half, half))
        .hasMessage("plan 7 leaves no variant of service 's' that may take all its requests");
  }
}
