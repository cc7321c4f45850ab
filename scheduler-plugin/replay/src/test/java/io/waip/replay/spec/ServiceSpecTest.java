package io.waip.replay.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceSpecTest {
  private static final long MS = 1_000_000L;
  private static final ServiceSpec ONLY =
      ServiceSpec.only(50 * MS, CostSpec.parse("alpha=4ms,beta=0.8ms"));

  @Test
  void aPartLeftOutIsThatOfTheWholeCall() {
    List<ServiceSpec> specs =
        ServiceSpec.parseAll("embed:share=3, rerank:gamma=20us:slo=100ms:alpha=8ms", ONLY);

    assertThat(specs.get(0)).isEqualTo(new ServiceSpec("embed", 3, 50 * MS, ONLY.cost()));
    assertThat(specs.get(1))
        .isEqualTo(new ServiceSpec("rerank", 1, 100 * MS, new CostSpec(8e6, 8e5, 2e4)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a,a; 'a' is named twice",
        "a:slo=50; '50' is not a duration",
        "a:slo=0ms; slo must be in [1ns, 1h]",
        "a:slo=2h; slo must be in [1ns, 1h]",
        "a:share=0; share must be in",
        "a:share=-1; '-1' is not a number",
        "a:tier=offline; unknown part 'tier=offline'",
        "a:alpha=0ms:beta=0ms; a batch must take at least 1ns",
        "a:slo=1ms:slo=2ms; slo of 'a' is given twice",
        "a b; 'a b' is not a name",
      })
  void saysWhatIsWrongAndWhatIsAllowed(String text, String what) {
    assertThatThrownBy(() -> ServiceSpec.parseAll(text, ONLY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("services '" + text + "': ")
        .hasMessageContaining(what)
        .hasMessageContaining("; allowed: NAME[:share=1]");
  }

  @Test
  void thereAreAtMostSixteen() {
    String names = IntStream.range(0, 17).mapToObj(i -> "s" + i).collect(Collectors.joining(","));
    assertThatThrownBy(() -> ServiceSpec.parseAll(names, ONLY))
        .hasMessageContaining("more than 16 services");
  }
}
