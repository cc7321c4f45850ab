package io.waip.replay.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceSpecTest {
  @Test
  void readsCountAndSpeedInAnyOrder() {
    assertThat(DeviceSpec.parseAll("a100:speed=2.5:count=2,t4"))
        .containsExactly(new DeviceSpec("a100", 2, 2.5), new DeviceSpec("t4", 1, 1));
  }

  @Test
  void workersAreNumberedFromOne() {
    assertThat(new DeviceSpec("t4", 2, 1).workerNames()).containsExactly("t4-1", "t4-2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a:count=0; count of 'a' must be >= 1, is 0",
        "a:count=1.5; count of 'a' is no whole number",
        "a:speed=0; speed of 'a' must be in [0.001, 1000], is 0.0",
        "a:speed=2x; '2x' is not a number",
        "a:sped=2; unknown part 'sped=2'",
        "a,a; 'a' is named twice",
      })
  void saysWhatIsWrongAndWhatIsAllowed(String text, String what) {
    assertThatThrownBy(() -> DeviceSpec.parseAll(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("devices '" + text + "': " + what)
        .hasMessageContaining("; allowed: NAME[:count=1]");
  }
}
