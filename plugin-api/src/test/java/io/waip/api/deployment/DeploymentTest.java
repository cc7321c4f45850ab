package io.waip.api.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeploymentTest {
  private static final Objective OBJECTIVE = Objective.interactive(Duration.ofMillis(50));
  private static final Tenant TENANT = Tenant.unlimited("t");
  private static final Endpoint WORKER = Endpoint.worker("w");

  private static Variant variant(String model) {
    return new Variant(model, 1, 8, 128);
  }

  private static Service service(String name, int variants) {
    return new Service(
        name,
        OBJECTIVE,
        true,
        IntStream.range(0, variants).mapToObj(i -> variant(name + i)).toList());
  }

  private static Deployment deployment(List<Service> services) {
    return new Deployment(services, List.of(TENANT), List.of(WORKER));
  }

  @Test
  void numbersVariantsServiceByService() {
    Deployment deployment = deployment(List.of(service("a", 2), service("b", 3), service("c", 1)));
    assertThat(deployment.variants()).extracting(Variant::model).element(2).isEqualTo("b0");
    assertThat(deployment.firstVariant(0)).isZero();
    assertThat(deployment.firstVariant(1)).isEqualTo(2);
    assertThat(deployment.firstVariant(2)).isEqualTo(5);
  }

  @Test
  void copiesItsLists() {
    List<Service> services = new ArrayList<>(List.of(service("a", 1)));
    Deployment deployment = deployment(services);
    services.clear();
    assertThat(deployment.services()).hasSize(1);
  }

  @Test
  void refusesANameGivenTwice() {
    assertThatThrownBy(() -> deployment(List.of(service("a", 1), service("a", 1))))
        .hasMessage("service 'a' is named twice");
    assertThatThrownBy(() ->
            new Deployment(List.of(service("a", 1)), List.of(TENANT, TENANT), List.of(WORKER)))
        .hasMessage("tenant 't' is named twice");
    assertThatThrownBy(() ->
            new Deployment(List.of(service("a", 1)), List.of(TENANT), List.of(WORKER, WORKER)))
        .hasMessage("endpoint 'w' is named twice");
  }

  @Test
  void refusesToBeEmpty() {
    assertThatThrownBy(() -> deployment(List.of())).hasMessageContaining("one service");
    assertThatThrownBy(() -> new Deployment(List.of(service("a", 1)), List.of(), List.of(WORKER)))
        .hasMessageContaining("one tenant");
    assertThatThrownBy(() -> new Deployment(List.of(service("a", 1)), List.of(TENANT), List.of()))
        .hasMessageContaining("one endpoint");
  }

  @Test
  void holdsUpToItsLimitsAndNoMore() {
    assertThat(deployment(List.of(service("a", 64))).variants()).hasSize(64);
    assertThatThrownBy(() -> deployment(List.of(service("a", 60), service("b", 5))))
        .hasMessageContaining("64 variants")
        .hasMessageContaining("65");
    List<Endpoint> many = IntStream.range(0, 65).mapToObj(i -> Endpoint.worker("w" + i)).toList();
    assertThatThrownBy(() -> new Deployment(List.of(service("a", 1)), List.of(TENANT), many))
        .hasMessageContaining("64 endpoints");
    assertThat(new Deployment(List.of(service("a", 1)), List.of(TENANT), many.subList(0, 64)))
        .isNotNull();
  }

  @Test
  void refusesAServiceWithoutNameOrVariant() {
    assertThatThrownBy(() -> service(" ", 1)).hasMessageContaining("name");
    assertThatThrownBy(() -> service("a", 0)).hasMessage("service 'a' has no variant");
  }

  @Test
  void refusesAVariantOutOfRange() {
    assertThatThrownBy(() -> new Variant("", 1, 8, 128)).hasMessageContaining("name");
    assertThatThrownBy(() -> new Variant("m", 1.01, 8, 128)).hasMessageContaining("1.01");
    assertThatThrownBy(() -> new Variant("m", Double.NaN, 8, 128)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Variant("m", 1, 0, 128)).hasMessageContaining("max_batch");
    assertThatThrownBy(() -> new Variant("m", 1, 1, 0)).hasMessageContaining("max_length");
  }

  @Test
  void refusesATenantOutOfRange() {
    assertThatThrownBy(() -> Tenant.unlimited(" ")).hasMessageContaining("name");
    assertThatThrownBy(() -> new Tenant("t", 0, 1, 1)).hasMessageContaining("weight");
    assertThatThrownBy(() -> new Tenant("t", Double.POSITIVE_INFINITY, 1, 1))
        .hasMessageContaining("finite");
    assertThatThrownBy(() -> new Tenant("t", Double.NaN, 1, 1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Tenant("t", 1, 0, 1)).hasMessageContaining("rate");
    assertThatThrownBy(() -> new Tenant("t", 1, Double.NaN, 1)).hasMessageContaining("rate");
    assertThatThrownBy(() -> new Tenant("t", 1, 1, 0.5)).hasMessageContaining("burst");
  }

  @Test
  void refusesAnEndpointOutOfRange() {
    assertThatThrownBy(() -> Endpoint.worker("")).hasMessageContaining("name");
    assertThatThrownBy(() -> new Endpoint("e", 0, 1, 0)).hasMessageContaining("no variant");
    assertThatThrownBy(() -> new Endpoint("e", 1, 0, 0)).hasMessageContaining("max_in_flight");
  }

  @Test
  void knowsWhatAnEndpointRuns() {
    Endpoint endpoint = new Endpoint("e", 1L << 63 | 1, 1, RequestDescriptor.NO_REGION);
    assertThat(endpoint.runs(0)).isTrue();
    assertThat(endpoint.runs(1)).isFalse();
    assertThat(endpoint.runs(63)).isTrue();
    assertThat(WORKER.runs(63)).isTrue();
  }

  @Test
  void refusesAnObjectiveOutOfRange() {
    Duration latency = Duration.ofMillis(50);
    assertThatThrownBy(() -> Objective.interactive(Duration.ZERO)).hasMessageContaining("PT0S");
    assertThatThrownBy(() -> Objective.interactive(latency.negated()))
        .hasMessageContaining("positive");
    assertThatThrownBy(() -> new Objective(Tier.OFFLINE, latency, 100, 0))
        .hasMessageContaining("percentile");
    assertThatThrownBy(() -> new Objective(Tier.OFFLINE, latency, 0, 0))
        .hasMessageContaining("(0, 100)");
    assertThatThrownBy(() -> new Objective(Tier.OFFLINE, latency, 99, 1.1))
        .hasMessageContaining("quality_floor");
    assertThatThrownBy(() -> new Objective(Tier.OFFLINE, latency, 99, Double.NaN))
        .hasMessageContaining("NaN");
  }
}
