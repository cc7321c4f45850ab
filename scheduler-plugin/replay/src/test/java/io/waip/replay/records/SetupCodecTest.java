package io.waip.replay.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.RequestDescriptor;
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
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.CostTable;
import io.waip.scheduler.runtime.EngineSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetupCodecTest {
  private static final RunSetup FULL =
      new RunSetup(
          Policy.WAIP,
          new Deployment(
              List.of(
                  new Service(
                      "a",
                      new Objective(Tier.NEARLINE, Duration.ofNanos(12_345_678), 95, 0.9),
                      false,
                      List.of(new Variant("x", 1, 8, 64), new Variant("y", 0.95, 16, 32))),
                  new Service(
                      "b",
                      Objective.interactive(Duration.ofHours(1)),
                      true,
                      List.of(new Variant("z", 0.5, 1, 1)))),
              List.of(new Tenant("gold", 4, 200, 7.5), Tenant.unlimited("free")),
              List.of(
                  new Endpoint("e", 0b101, 3, 2),
                  new Endpoint("f", Endpoint.ALL_VARIANTS, 1, RequestDescriptor.NO_REGION))),
          new Plan(
              9,
              List.of(
                  new ServicePlan.Builder()
                      .latencyMargin(1.25)
                      .paddingCap(0.3)
                      .deferral(true)
                      .degradeBacklogNanos(5)
                      .offlineShare(0.06)
                      .offlineQuantum(0.4)
                      .gatherShare(0.01)
                      .timePrice(0.7)
                      .latenessFactor(3)
                      .bucketEdges(List.of(8, 64))
                      .limits(
                          new ServiceLimits(
                              33.5, List.of(VariantLimit.NONE, new VariantLimit(0.25, 7))))
                      .build(),
                  ServicePlan.DEFAULT)),
          CostTable.of(new CostSpec(1.5, 2.5, 3.5)),
          EngineSettings.DEFAULT.withQueueCapacity(77),
          new RunSetup.Origin("waip 1", 0.25, -3, List.of("replay", "--load", "2")));

  @Test
  void everyPartComesBackAsItWas() {
    assertThat(RunSetup.fromProto(FULL.toProto())).isEqualTo(FULL);
  }

  @Test
  void rulesThatAreNotDataCannotBeRecorded() {
    EngineSettings ruled = EngineSettings.DEFAULT.withScreeners(List.of((r, e) -> true));
    assertThatThrownBy(() ->
            new RunSetup(
                Policy.WAIP, FULL.deployment(), FULL.plan(), FULL.costs(), ruled, FULL.origin()))
        .hasMessageContaining("screeners");
  }

  @Test
  void aHeaderThatNoRunCanHaveIsRefused() {
    assertThatThrownBy(
            () -> RunSetup.fromProto(FULL.toProto().toBuilder().setPolicy("best").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("best");
  }
}
