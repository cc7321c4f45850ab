package io.waip.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Tier;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final ServicePlan DEFAULT = ServicePlan.DEFAULT;

  @Test
  void givesEveryServiceTheSameParameters() {
    List<Variant> variants = List.of(new Variant("m", 1, 8, 128));
    Objective objective = Objective.interactive(Duration.ofMillis(50));
    Deployment deployment =
        new Deployment(
            List.of(
                new Service("a", objective, true, variants),
                new Service("b", objective, true, variants)),
            List.of(Tenant.unlimited("t")),
            List.of(Endpoint.worker("w")));
    assertThat(Plan.defaults(deployment)).isEqualTo(new Plan(0, List.of(DEFAULT, DEFAULT)));
    assertThat(Plan.uniform(7, deployment, DEFAULT).version()).isEqualTo(7);
  }

  @Test
  void copiesItsList() {
    List<ServicePlan> services = new ArrayList<>(List.of(DEFAULT));
    Plan plan = new Plan(1, services);
    services.clear();
    assertThat(plan.services()).hasSize(1);
  }

  @Test
  void refusesANegativeVersionAndNoService() {
    assertThatThrownBy(() -> new Plan(-1, List.of(DEFAULT))).hasMessageContaining("-1");
    assertThatThrownBy(() -> new Plan(0, List.of())).hasMessageContaining("one service");
  }

  @Test
  void changesOneParameterAtATime() {
    ServicePlan deferring = DEFAULT.toBuilder().deferral(true).build();
    assertThat(deferring.deferral()).isTrue();
    assertThat(deferring.toBuilder().deferral(false).build()).isEqualTo(DEFAULT);
    ServicePlan wide = DEFAULT.toBuilder().latencyMargin(1.5).build();
    assertThat(wide.latencyMargin()).isEqualTo(1.5);
    assertThat(wide.toBuilder().latencyMargin(DEFAULT.latencyMargin()).build()).isEqualTo(DEFAULT);
  }

  @Test
  void copiesItsBucketEdgesAndKeepsThem() {
    List<Integer> edges = new ArrayList<>(List.of(1, 16));
    ServicePlan plan = DEFAULT.toBuilder().bucketEdges(edges).build();
    edges.clear();
    assertThat(DEFAULT.bucketEdges()).isEmpty();
    assertThat(plan.bucketEdges()).containsExactly(1, 16);
    assertThat(plan.toBuilder().deferral(true).latencyMargin(2).build().bucketEdges())
        .containsExactly(1, 16);
    assertThat(plan.toBuilder().bucketEdges(List.of()).build()).isEqualTo(DEFAULT);
  }

  @Test
  void refusesBucketEdgesThatDoNotAscend() {
    assertThatThrownBy(() -> DEFAULT.toBuilder().bucketEdges(List.of(16, 16)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bucket_edges must be ascending and >= 1, are [16, 16]");
    assertThatThrownBy(() -> DEFAULT.toBuilder().bucketEdges(List.of(16, 8)).build())
        .hasMessageContaining("8]");
    assertThatThrownBy(() -> DEFAULT.toBuilder().bucketEdges(List.of(0, 8)).build())
        .hasMessageContaining("[0");
  }

  @Test
  void takesTheEndsOfItsRanges() {
    assertThat(
            DEFAULT.toBuilder()
                .latencyMargin(1)
                .paddingCap(0)
                .offlineShare(0)
                .offlineQuantum(1)
                .build())
        .isNotNull();
    assertThat(
            DEFAULT.toBuilder().paddingCap(0.999).offlineShare(0.999).offlineQuantum(1e-9).build())
        .isNotNull();
  }

  @Test
  void refusesParametersOutOfRange() {
    refuses(plan -> plan.latencyMargin(0.9), "latency_margin must be >= 1, is 0.9");
    refuses(plan -> plan.latencyMargin(Double.NaN), "latency_margin must be >= 1, is NaN");
    refuses(plan -> plan.paddingCap(1), "padding_cap must be in [0, 1), is 1.0");
    refuses(plan -> plan.paddingCap(-0.1), "padding_cap must be in [0, 1), is -0.1");
    refuses(plan -> plan.offlineShare(1), "offline_share must be in [0, 1), is 1.0");
    refuses(plan -> plan.offlineQuantum(0), "offline_quantum must be in (0, 1], is 0.0");
    refuses(plan -> plan.offlineQuantum(1.1), "offline_quantum must be in (0, 1], is 1.1");
    refuses(plan -> plan.degradeBacklogNanos(-1), "degrade_backlog must be >= 0, is -1.0");
    refuses(plan -> plan.gatherShare(0.6), "gather_share must be in [0, 0.5], is 0.6");
    refuses(plan -> plan.timePrice(1.1), "time_price must be in [0, 1], is 1.1");
    refuses(plan -> plan.latenessFactor(0.5), "lateness_factor must be >= 1, is 0.5");
  }

  private static void refuses(UnaryOperator<ServicePlan.Builder> change, String message) {
    assertThatThrownBy(() -> change.apply(DEFAULT.toBuilder()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void aBuilderKeepsWhatItIsNotTold() {
    ServicePlan plan =
        DEFAULT.toBuilder().limits(new ServiceLimits(5, List.of(VariantLimit.NONE))).build();
    assertThat(plan.toBuilder().deferral(true).build().limits()).isEqualTo(plan.limits());
    assertThat(plan.toBuilder().build()).isEqualTo(plan);
  }

  @Test
  void refusesLimitsOutOfRange() {
    assertThatThrownBy(() -> new VariantLimit(1.1, 1)).hasMessageContaining("max_share");
    assertThatThrownBy(() -> new VariantLimit(Double.NaN, 1)).hasMessageContaining("max_share");
    assertThatThrownBy(() -> new VariantLimit(1, 0)).hasMessageContaining("max_batch");
    assertThatThrownBy(() -> new ServiceLimits(0, List.of())).hasMessageContaining("ceiling");
    assertThatThrownBy(() -> new ServiceLimits(Double.NaN, List.of()))
        .hasMessage("ceiling must be > 0, is NaN");
  }

  /** Without a share of its own a variant below the floor serves nothing. */
  @Test
  void aShareBelowOneIsThePlansAnswerForTheMeanQuality() {
    Objective floor = new Objective(Tier.INTERACTIVE, Duration.ofMillis(50), 99, 0.985);
    Service service =
        new Service(
            "s", floor, true, List.of(new Variant("a", 1, 8, 8), new Variant("b", 0.97, 8, 8)));
    ServiceLimits half = new ServiceLimits(1, List.of(VariantLimit.NONE, new VariantLimit(0.5, 8)));
    assertThat(ServiceLimits.NONE.maxShare(service, 0)).isEqualTo(1);
    assertThat(ServiceLimits.NONE.maxShare(service, 1)).isZero();
    assertThat(half.maxShare(service, 1)).isEqualTo(0.5);
  }
}
