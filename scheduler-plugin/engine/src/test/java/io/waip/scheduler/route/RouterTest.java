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
import io.waip.api.schedule.EndpointState;
import io.waip.scheduler.plan.PlanTable;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static Router router(int endpoints) {
    Objective objective = new Objective(Tier.INTERACTIVE, Duration.ofNanos(1_000), 99, 0);
    Service service = new Service("s", objective, true, List.of(new Variant("m", 1, 8, 40)));
    Deployment deployment =
        new Deployment(
            List.of(service),
            List.of(Tenant.unlimited("t")),
            IntStream.range(0, endpoints).mapToObj(e -> Endpoint.worker("w" + e)).toList());
    return new Router(new PlanTable(deployment, (v, b, l) -> b, Plan.defaults(deployment)));
  }

  /** The second endpoint runs the second variant alone, which takes twice the time. */
  @Test
  void countsEndpointsByThePaceOfTheVariantTheyRun() {
    Service service =
        new Service(
            "s",
            new Objective(Tier.INTERACTIVE, Duration.ofNanos(1_000), 99, 0),
            true,
            List.of(new Variant("fast", 1, 8, 40), new Variant("slow", 1, 8, 40)));
    Deployment deployment =
        new Deployment(
            List.of(service),
            List.of(Tenant.unlimited("t")),
            List.of(new Endpoint("f", 0b01, 1, -1), new Endpoint("s", 0b10, 1, -1)));
    Router router =
        new Router(
            new PlanTable(deployment, (v, b, l) -> 10L * b * (v + 1), Plan.defaults(deployment)));
    assertThat(router.pace(0, 0)).isEqualTo(1);
    assertThat(router.pace(0, 1)).isEqualTo(0.5);
    assertThat(router.devices(0)).isEqualTo(1.5);
    router.state(0, EndpointState.DOWN);
    assertThat(router.devices(0)).isEqualTo(0.5);
    router.state(1, EndpointState.DOWN);
    assertThat(router.devices(0)).isEqualTo(1);
  }

  /** What is served by the cheaper variant is no overload of the better one. */
  @Test
  void theMostThatCanBeServedIsThatOfTheFastestVariants() {
    Service service =
        new Service(
            "s",
            new Objective(Tier.INTERACTIVE, Duration.ofNanos(1_000), 99, 0),
            true,
            List.of(new Variant("fp32", 1, 8, 40), new Variant("int8", 0.9, 8, 40)));
    Deployment deployment =
        new Deployment(
            List.of(service), List.of(Tenant.unlimited("t")), List.of(Endpoint.worker("w")));
    Router router =
        new Router(
            new PlanTable(deployment, (v, b, l) -> 20L * b / (v + 1), Plan.defaults(deployment)));
    assertThat(router.devices(0)).isEqualTo(1);
    assertThat(router.mostDevices()).isEqualTo(2);
    router.state(0, EndpointState.DOWN);
    assertThat(router.mostDevices()).isZero();
  }

  @Test
  void oneEndpointCoversOneGap() {
    assertThat(router(1).coveredNanos(100, 0, 10)).isEqualTo(110);
  }

  @Test
  void endpointsThatGetFreeOneAfterTheOtherCoverOneGapAfterTheLast() {
    Router router = router(4);
    router.dispatched(1, 0, 1, 109);
    router.dispatched(2, 0, 1, 128);
    router.dispatched(3, 0, 1, 119);
    assertThat(router.coveredNanos(100, 0, 10)).isEqualTo(138);
  }

  @Test
  void aGapThatIsTooWideEndsIt() {
    Router router = router(3);
    router.dispatched(1, 0, 1, 109);
    router.dispatched(2, 0, 1, 120);
    assertThat(router.coveredNanos(100, 0, 10)).isEqualTo(119);
  }

  @Test
  void aFreeEndpointIsAsGoodAsOneThatGetsFreeNow() {
    Router router = router(3);
    router.dispatched(1, 0, 1, 108);
    assertThat(router.coveredNanos(100, 0, 10)).isEqualTo(118);
  }

  @Test
  void oneThatIsDownCoversNothing() {
    Router router = router(2);
    router.dispatched(1, 0, 1, 108);
    router.state(1, EndpointState.DOWN);
    assertThat(router.coveredNanos(100, 0, 10)).isEqualTo(110);
  }
}
