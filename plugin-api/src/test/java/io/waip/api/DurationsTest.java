package io.waip.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "0ns, 0",
    "7ns, 7",
    "3us, 3000",
    "50ms, 50000000",
    "1.5s, 1500000000",
    "2m, 120000000000",
    "2h, 7200000000000",
    "1d, 86400000000000",
    "' 50ms ', 50000000",
    "0.5us, 500",
    "9223372036854775807ns, 9223372036854775807"
  })
  void readsEveryUnit(String text, long nanos) {
    assertThat(Durations.parseNanos(text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "5", "ms", "-5ms", "5 ms", "5MS", "1e3ms", "5ms5", ".5s", "5.s", "1,5s", "NaNs", "٥ms"
      })
  void refusesTextThatIsNoDuration(String text) {
    assertThatThrownBy(() -> Durations.parseNanos(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("unit");
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> Durations.parseNanos("106752d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("292 years");
    assertThatThrownBy(() -> Durations.parseNanos("9223372036854775808ns"))
        .hasMessageContaining("292 years");
  }

  @ParameterizedTest
  @CsvSource({"0, 0ns", "50000000, 50ms", "1500000000, 1500ms", "86400000000000, 1d", "61, 61ns"})
  void writesTheLargestUnitThatDivides(long nanos, String text) {
    assertThat(Durations.format(nanos)).isEqualTo(text);
  }

  @Property(tries = 500, seed = "1")
  void readsBackWhatItWrote(@ForAll @LongRange(min = 0) long nanos) {
    assertThat(Durations.parseNanos(Durations.format(nanos))).isEqualTo(nanos);
  }
}
