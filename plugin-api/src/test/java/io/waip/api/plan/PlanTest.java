package io.waip.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final ServicePlan DEFAULT = ServicePlan.DEFAULT;

  private static ServicePlan with(double margin, double cap, double share, double quantum) {
    return new ServicePlan(margin, cap, false, 0, share, quantum, 0, 0.8, 1);
  }

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
    assertThat(DEFAULT.withDeferral(true).deferral()).isTrue();
    assertThat(DEFAULT.withDeferral(true).withDeferral(false)).isEqualTo(DEFAULT);
    assertThat(DEFAULT.withLatencyMargin(1.5).latencyMargin()).isEqualTo(1.5);
    assertThat(DEFAULT.withLatencyMargin(1.5).withLatencyMargin(DEFAULT.latencyMargin()))
        .isEqualTo(DEFAULT);
  }

  @Test
  void copiesItsBucketEdgesAndKeepsThem() {
    List<Integer> edges = new ArrayList<>(List.of(1, 16));
    ServicePlan plan = DEFAULT.withBucketEdges(edges);
    edges.clear();
    assertThat(DEFAULT.bucketEdges()).isEmpty();
    assertThat(plan.bucketEdges()).containsExactly(1, 16);
    assertThat(plan.withDeferral(true).withLatencyMargin(2).bucketEdges()).containsExactly(1, 16);
    assertThat(plan.withBucketEdges(List.of())).isEqualTo(DEFAULT);
  }

  @Test
  void refusesBucketEdgesThatDoNotAscend() {
    assertThatThrownBy(() -> DEFAULT.withBucketEdges(List.of(16, 16)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bucket_edges must be ascending and >= 1, are [16, 16]");
    assertThatThrownBy(() -> DEFAULT.withBucketEdges(List.of(16, 8))).hasMessageContaining("8]");
    assertThatThrownBy(() -> DEFAULT.withBucketEdges(List.of(0, 8))).hasMessageContaining("[0");
  }

  @Test
  void takesTheEndsOfItsRanges() {
    assertThat(with(1, 0, 0, 1)).isNotNull();
    assertThat(with(1, 0.999, 0.999, 1e-9)).isNotNull();
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> with(0.9, 0, 0, 1)).hasMessage("latency_margin must be >= 1, is 0.9");
    assertThatThrownBy(() -> with(Double.NaN, 0, 0, 1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> with(1, 1, 0, 1)).hasMessageContaining("padding_cap");
    assertThatThrownBy(() -> with(1, -0.1, 0, 1)).hasMessageContaining("padding_cap");
    assertThatThrownBy(() -> with(1, 0, 1, 1)).hasMessageContaining("offline_share");
    assertThatThrownBy(() -> with(1, 0, 0, 0)).hasMessageContaining("offline_quantum");
    assertThatThrownBy(() -> with(1, 0, 0, 1.1)).hasMessageContaining("(0, 1]");
    assertThatThrownBy(() -> new ServicePlan(1, 0, false, -1, 0, 1, 0, 0.8, 1))
        .hasMessageContaining("degrade_backlog");
    assertThatThrownBy(() -> new ServicePlan(1, 0, false, 0, 0, 1, 0.6, 0.8, 1))
        .hasMessageContaining("gather_share");
    assertThatThrownBy(() -> new ServicePlan(1, 0, false, 0, 0, 1, 0, 1.1, 1))
        .hasMessage("time_price must be in [0, 1], is 1.1");
    assertThatThrownBy(() -> new ServicePlan(1, 0, false, 0, 0, 1, 0, 0.8, 0.5))
        .hasMessageContaining("lateness_factor");
  }
}
