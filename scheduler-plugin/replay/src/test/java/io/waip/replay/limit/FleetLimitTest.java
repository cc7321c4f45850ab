package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Tier;
import io.waip.replay.trace.Workload;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FleetLimitTest {
  private static final Offset<Double> CLOSE = Offset.offset(0.01);

  /** 10 ns for each request, one at a time. */
  private static final ServiceCost TEN = new ServiceCost((variant, batch, length) -> 10, 1, 1);

  private static final ServiceCost TWENTY = TEN.atSpeed(0.5);

  private static Fleet fleet(DeviceClass... classes) {
    return new Fleet(List.of(classes));
  }

  /** Requests that all arrive at 0, of services by turns. */
  private static Workload atOnce(int requests, int services, long deadline) {
    Workload.Builder builder = new Workload.Builder(1000);
    for (int i = 0; i < requests; i++) {
      builder.add(new Workload.Request(i % services, 0, 1, Tier.INTERACTIVE, 0, deadline));
    }
    return builder.build();
  }

  @Test
  void addsDevicesOfUnlikeSpeed() {
    // In 400 ns the slow one serves 40, the one of three times its speed 120.
    Fleet fleet =
        fleet(new DeviceClass(1, List.of(TEN)), new DeviceClass(1, List.of(TEN.atSpeed(3))));
    GoodputLimit limit = GoodputLimit.of(atOnce(300, 1, 400), fleet);
    assertThat(limit.requests()).isCloseTo(160, Offset.offset(1e-9));
    assertThat(limit.method()).isEqualTo("greedy");
  }

  @Test
  void countsNoTimeInWhichWorkersAreDown() {
    // Two workers have 800 ns up to 400; one is down for 100 of them, both for another 50.
    List<Outage> outages = List.of(new Outage(50, 150, 1), new Outage(300, 350, 2));
    GoodputLimit limit =
        GoodputLimit.of(atOnce(300, 1, 400), fleet(new DeviceClass(2, List.of(TEN), outages)));
    assertThat(limit.requests()).isCloseTo(60, Offset.offset(1e-9));
  }

  @Test
  void givesEachServiceTheDeviceThatSuitsIt() {
    // Each service takes 10 ns on one device and 20 on the other: 40 of each in 400 ns.
    Fleet fleet =
        fleet(new DeviceClass(1, List.of(TEN, TWENTY)), new DeviceClass(1, List.of(TWENTY, TEN)));
    GoodputLimit limit = GoodputLimit.of(atOnce(200, 2, 400), fleet);
    assertThat(limit.method()).isEqualTo("dual");
    assertThat(limit.requests()).isCloseTo(80, CLOSE);
  }

  @Test
  void sendsWorkToTheWrongDeviceWhereTheRightOneIsFull() {
    // Service 0 alone: 40 on its own device and 20 on the other.
    Fleet fleet =
        fleet(new DeviceClass(1, List.of(TEN, TWENTY)), new DeviceClass(1, List.of(TWENTY, TEN)));
    assertThat(GoodputLimit.of(atOnce(200, 1, 400), fleet).requests()).isCloseTo(60, CLOSE);
  }

  @Test
  void keepsServicesApartThatShareNoDevice() {
    Fleet fleet =
        fleet(
            new DeviceClass(1, List.of(TEN, ServiceCost.NOWHERE)),
            new DeviceClass(1, List.of(ServiceCost.NOWHERE, TEN)));
    GoodputLimit limit = GoodputLimit.of(atOnce(50, 2, 400), fleet);
    assertThat(limit.requests()).isEqualTo(50);
    // 90 of the 100 call service 0, whose device serves 40.
    Workload.Builder uneven = new Workload.Builder(1000);
    for (int i = 0; i < 100; i++) {
      uneven.add(new Workload.Request(i < 90 ? 0 : 1, 0, 1, Tier.INTERACTIVE, 0, 400));
    }
    GoodputLimit apart = GoodputLimit.of(uneven.build(), fleet);
    assertThat(apart.requests()).isCloseTo(50, Offset.offset(1e-9));
    assertThat(apart.method()).isEqualTo("greedy");
  }

  @Test
  void requestsOfAnotherServiceAreNoCompanions() {
    // Alone a request takes 5 ns, two of one service 6.
    ServiceCost cost = new ServiceCost((variant, batch, length) -> 4 + batch, 1, 8);
    Fleet fleet = fleet(new DeviceClass(1, List.of(cost, cost)));
    assertThat(FleetWorks.of(atOnce(2, 2, 9), fleet).getFirst().works()).containsExactly(5, 5);
    assertThat(FleetWorks.of(atOnce(2, 1, 9), fleet).getFirst().works()).containsExactly(3, 3);
  }

  @Test
  void usesTheTimeOfADeviceOnlyInsideWindows() {
    // The fast device is down while the first ten are there, the slow one while the others are.
    Workload.Builder builder = new Workload.Builder(1000);
    for (int i = 0; i < 20; i++) {
      long arrival = i < 10 ? 0 : 500;
      builder.add(arrival, 1 + i % 2, Tier.INTERACTIVE, 0, arrival + 50);
    }
    ServiceCost fast = new ServiceCost((variant, batch, length) -> 4 + length, 1, 1);
    ServiceCost slow = new ServiceCost((variant, batch, length) -> 9 + length, 1, 1);
    Fleet fleet =
        fleet(
            new DeviceClass(1, List.of(fast), List.of(new Outage(0, 100, 1))),
            new DeviceClass(1, List.of(slow), List.of(new Outage(400, 1000, 1))));
    // 50 ns of 10 or 11 ns: all 5 of length 1; then 5 of 5 ns and 25 / 6 of 6 ns.
    assertThat(GoodputLimit.of(builder.build(), fleet).requests())
        .isCloseTo(5 + 5 + 25 / 6.0, CLOSE);
  }

  /** 20,000 requests of two services in two tiers on three classes, with outages. */
  @Test
  void computesALargeFleetInSeconds() {
    Workload workload = large(20_000);
    long start = System.nanoTime();
    GoodputLimit limit = GoodputLimit.of(workload, LARGE);
    long millis = (System.nanoTime() - start) / 1_000_000;
    System.out.printf(
        "limit of a fleet: %.1f of %d in %d ms%n", limit.requests(), workload.size(), millis);
    assertThat(limit.method()).isEqualTo("dual");
    assertThat(limit.requests()).isBetween(0.5 * 20_000, 0.999 * 20_000);
    assertThat(millis).isLessThan(30_000);
  }

  private static final Fleet LARGE =
      fleet(
          new DeviceClass(2, List.of(linear(4, 0.5, 0.01), linear(10, 1, 0.02))),
          new DeviceClass(
              4,
              List.of(linear(6, 2, 0.05), linear(30, 9, 0.1)),
              List.of(new Outage(1_000_000_000L, 3_000_000_000L, 2))),
          new DeviceClass(1, List.of(linear(3, 1, 0), ServiceCost.NOWHERE)));

  private static ServiceCost linear(double alphaMs, double betaMs, double gammaMs) {
    return new ServiceCost(
        (variant, batch, length) -> 1e6 * (alphaMs + batch * (betaMs + gammaMs * length)), 1, 16);
  }

  private static Workload large(int requests) {
    Random random = new Random(11);
    Workload.Builder builder = new Workload.Builder(requests * 300_000L);
    long arrival = 0;
    for (int i = 0; i < requests; i++) {
      arrival += (long) (random.nextDouble() * 500_000);
      boolean slow = random.nextInt(3) == 0;
      builder.add(
          new Workload.Request(
              random.nextInt(2),
              arrival,
              1 + random.nextInt(60),
              Tier.INTERACTIVE,
              0,
              arrival + (slow ? 500_000_000L : 60_000_000L)));
    }
    return builder.build();
  }

  @Test
  void rejectsWhatIsNoFleet() {
    assertThatThrownBy(() -> new Fleet(List.of())).hasMessageContaining("number of services");
    assertThatThrownBy(
            () -> fleet(new DeviceClass(1, List.of(TEN)), new DeviceClass(1, List.of(TEN, TEN))))
        .hasMessageContaining("[1, 2]");
    assertThatThrownBy(() -> new DeviceClass(0, List.of(TEN))).hasMessageContaining("has 0, 1");
    assertThatThrownBy(() ->
            new DeviceClass(2, List.of(TEN), List.of(new Outage(0, 9, 1), new Outage(5, 6, 2))))
        .hasMessage("3 of 2 workers are down at 5 ns");
    assertThatThrownBy(() -> new Outage(5, 5, 1)).hasMessageContaining("[5, 5)");
    assertThatThrownBy(() -> TEN.atSpeed(0)).hasMessageContaining("is 0.0");
    assertThatThrownBy(() -> new ServiceCost(TEN.cost(), 1, 0)).hasMessageContaining("are 1, 0");
    assertThatThrownBy(
            () -> GoodputLimit.of(atOnce(2, 2, 9), fleet(new DeviceClass(1, List.of(TEN)))))
        .hasMessage("request 1 calls service 1, the fleet knows 1");
  }
}
