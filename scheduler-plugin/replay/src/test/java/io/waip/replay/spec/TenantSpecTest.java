package io.waip.replay.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Tier;
import io.waip.api.deployment.Tenant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantSpecTest {
  @Test
  void readsEveryPartInAnyOrder() {
    List<TenantSpec> specs =
        TenantSpec.parseAll("gold:weight=3:rate=200/s, batch:tier=offline:share=0.5");

    assertThat(specs.get(0).tenant()).isEqualTo(new Tenant("gold", 3, 200, 20));
    assertThat(specs.get(0).share()).isEmpty();
    assertThat(specs.get(0).tier()).isEmpty();
    assertThat(specs.get(1).tenant()).isEqualTo(Tenant.unlimited("batch"));
    assertThat(specs.get(1).share()).hasValue(0.5);
    assertThat(specs.get(1).tier()).contains(Tier.OFFLINE);
  }

  @Test
  void aRateMayBePerMinuteOrHourAndAdmitsOneAtOnceAtLeast() {
    List<TenantSpec> specs = TenantSpec.parseAll("a:rate=30/m,b:rate=7200/h");

    assertThat(specs.get(0).tenant()).isEqualTo(new Tenant("a", 1, 0.5, 1));
    assertThat(specs.get(1).tenant().ratePerSecond()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; '' is not a name",
        "a,; '' is not a name",
        "a b; 'a b' is not a name",
        "a,a; 'a' is named twice",
        "a:wieght=3; unknown part 'wieght=3'",
        "a:weight; unknown part 'weight'",
        "a:weight=1:weight=2; weight of 'a' is given twice",
        "a:weight=0; weight must be in [0.000001, 1000000], is 0.0",
        "a:weight=NaN; 'NaN' is not a number",
        "a:share=2000000; share must be in [0.000001, 1000000]",
        "a:share=-1; '-1' is not a number",
        "a:rate=5; '5' is not a rate such as 200/s or 30/m",
        "a:rate=0/s; rate must be above 0, is 0/s",
        "a:tier=gold; unknown tier 'gold'",
      })
  void saysWhatIsWrongAndWhatIsAllowed(String text, String what) {
    assertThatThrownBy(() -> TenantSpec.parseAll(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("tenants '" + text + "': " + what)
        .hasMessageContaining("; allowed: NAME[:weight=3]");
  }
}
