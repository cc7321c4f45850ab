package io.waip.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Tier;
import io.waip.api.resource.DeviceFacts;
import io.waip.api.resource.Figure;
import io.waip.api.resource.Preference;
import io.waip.api.resource.Tariff;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PlanningProblemTest {
  private static final Figure NONE = Figure.unknown("nothing measured");
  private static final ServiceDemand EMBED =
      new ServiceDemand("embed", 100, 50_000_000, 0, 1, Tier.INTERACTIVE, 0);

  private static Figure known(double value) {
    return Figure.of(value, 0.9, "test");
  }

  private static DeviceSupply l4(Figure idleWatts, Figure money) {
    DeviceFacts facts =
        new DeviceFacts("l4", known(24e9), known(3e11), Map.of(), known(72), idleWatts);
    Currency euro = Currency.getInstance("EUR");
    Tariff tariff = new Tariff(euro, money, known(0), known(400), known(1));
    return new DeviceSupply("l4", 2, facts, tariff, "");
  }

  private static PlacementOption option(Figure quality, Figure memory) {
    return new PlacementOption(
        "embed", "fp32", "l4", 1, 1, 8, 10_000_000, 60, quality, memory, "", List.of());
  }

  private static PlanningProblem problem(
      ServiceDemand service, DeviceSupply device, PlacementOption option) {
    return new PlanningProblem(
        List.of(service), List.of(device), List.of(option), PlanningLimits.NONE, Preference.MONEY);
  }

  private static PlanningProblem plain() {
    return problem(EMBED, l4(NONE, NONE), option(NONE, known(1e9)));
  }

  @Test
  void whatNoLimitNeedsMayStayUnknown() {
    assertThat(plain().limits()).isEqualTo(PlanningLimits.NONE);
  }

  @Test
  void aLimitOfMoneyNeedsThePrice() {
    PlanningLimits limits = PlanningLimits.NONE.withMoneyPerHour(OptionalDouble.of(4));
    assertThatThrownBy(() -> plain().withLimits(limits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "limit money_per_hour needs the price of l4; unknown: nothing measured; remedy: give"
                + " it, or drop what needs it");
  }

  @Test
  void aLimitOfWattsNeedsIdleWattsToo() {
    PlanningLimits limits = PlanningLimits.NONE.withWatts(OptionalDouble.of(100));
    assertThatThrownBy(() -> plain().withLimits(limits))
        .hasMessageStartingWith("limit watts needs the idle and board watts of l4");
    assertThat(
            problem(EMBED, l4(known(16), NONE), option(NONE, known(1e9)))
                .withLimits(limits)
                .limits())
        .isEqualTo(limits);
  }

  @Test
  void aFloorNeedsTheQuality() {
    ServiceDemand floored = EMBED.withQualityFloor(0.9);
    assertThatThrownBy(() -> plain().withServices(List.of(floored)))
        .hasMessageStartingWith("the quality floor of 'embed' needs the quality of embed/fp32");
  }

  @Test
  void placingNeedsTheMemory() {
    assertThatThrownBy(() -> problem(EMBED, l4(NONE, NONE), option(NONE, NONE)))
        .hasMessageStartingWith("placing needs the memory of embed/fp32 on 1 x l4");
  }

  @Test
  void aBatchLongerThanTheObjectiveIsRefusedUnlessTheWorkIsOffline() {
    ServiceDemand tight = new ServiceDemand("embed", 1, 9_000_000, 0, 1, Tier.INTERACTIVE, 0);
    assertThatThrownBy(() -> plain().withServices(List.of(tight)))
        .hasMessageContaining("allowed: at most the latency bound of 9000000 ns");
    ServiceDemand offline = new ServiceDemand("embed", 1, 9_000_000, 0, 1, Tier.OFFLINE, 0);
    assertThat(plain().withServices(List.of(offline)).services()).containsExactly(offline);
  }

  @Test
  void namesAndOptionsOccurOnce() {
    assertThatThrownBy(() -> plain().withServices(List.of(EMBED, EMBED)))
        .hasMessage("service 'embed' is named twice");
    PlacementOption option = option(NONE, known(1e9));
    assertThatThrownBy(() -> plain().withOptions(List.of(option, option)))
        .hasMessageStartingWith("option given twice");
  }

  @Test
  void anOptionNamesWhatThereIs() {
    ServiceDemand other = new ServiceDemand("rank", 1, 50_000_000, 0, 1, Tier.INTERACTIVE, 0);
    assertThatThrownBy(() -> plain().withServices(List.of(other)))
        .hasMessage("an option names the unknown service 'embed'; allowed: [rank]");
  }

  @Test
  void moreIsNotPromisedThanIsAskedFor() {
    assertThatThrownBy(() -> EMBED.withPromise(101))
        .hasMessage("service 'embed': promised rate must be in [0, rate], is 101.0");
  }

  @Test
  void theOrderOfListsMakesNoDifferenceOnceCanonical() {
    ServiceDemand rank = new ServiceDemand("rank", 1, 50_000_000, 0, 1, Tier.INTERACTIVE, 0);
    PlanningProblem one = plain().withServices(List.of(EMBED, rank));
    PlanningProblem other = plain().withServices(List.of(rank, EMBED));
    assertThat(one).isNotEqualTo(other);
    assertThat(one.canonical()).isEqualTo(other.canonical());
  }
}
