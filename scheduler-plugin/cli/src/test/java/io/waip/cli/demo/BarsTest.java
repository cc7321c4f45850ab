package io.waip.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BarsTest {
  private static Bar bar(List<Bar> bars, String name) {
    return bars.stream().filter(bar -> bar.name().startsWith(name)).findFirst().orElseThrow();
  }

  private static List<Bar> of(Results results) {
    return Bars.of(results.build());
  }

  @Test
  void underOverloadThePlannerMustWinByAFactor() {
    List<Bar> bars = of(new Results().goodput(90, 60, 70, 40));
    assertThat(bar(bars, "planned / limit"))
        .isEqualTo(new Bar("planned / limit", 0.85, 0.9, true, ""));
    assertThat(bar(bars, "planned / baseline").measured()).isEqualTo(2.25);
    assertThat(bar(bars, "fp32_only / baseline").measured()).isEqualTo(1.5);
    assertThat(bars).allMatch(Bar::met, "met");
  }

  @Test
  void aFactorNotReachedIsMissed() {
    Bar missed = bar(of(new Results().goodput(90, 60, 70, 50)), "planned / baseline");
    assertThat(missed.required()).isEqualTo(2);
    assertThat(missed.met()).isFalse();
    assertThat(missed.limitedBy()).contains("not in time");
  }

  @Test
  void aFactorTheLimitForbidsSaysSo() {
    Bar missed = bar(of(new Results().limit(80).goodput(79, 60, 70, 50)), "planned / baseline");
    assertThat(missed.limitedBy()).isEqualTo("the limit itself is only 1.60 x");
  }

  @Test
  void belowCapacityThePlannerMustNotLose() {
    List<Bar> bars = of(new Results().load(0.5).goodput(98, 98, 100, 100));
    assertThat(bar(bars, "planned / baseline").required()).isEqualTo(0.98);
    assertThat(bars).allMatch(Bar::met);
    Bar missed = bar(of(new Results().load(0.5).goodput(97, 98, 100, 100)), "planned / baseline");
    assertThat(missed.met()).isFalse();
  }

  @Test
  void aLostRequestMissesABar() {
    DemoResult result = new Results().lost(3).build();
    Bar faults = bar(Bars.of(result), "errors + lost + duplicated");
    assertThat(faults.measured()).isEqualTo(3);
    assertThat(faults.met()).isFalse();
    assertThat(result.arms().areSound()).isFalse();
  }
}
