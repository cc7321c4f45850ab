package io.waip.replay.arrivals;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SineClockTest {
  @Test
  void expectsAsMuchInAPeriodAsWithoutTheSine() {
    SineClock clock = new SineClock(100, 0.5);
    assertThat(clock.expected(0)).isZero();
    assertThat(clock.expected(100)).isCloseTo(100, Offset.offset(1e-9));
    // Half a period more than 50 by a P / pi.
    assertThat(clock.expected(50)).isCloseTo(50 + 50 / Math.PI, Offset.offset(1e-9));
  }

  @Test
  void invertsWhatItExpects() {
    for (double swing : new double[] {0, 0.5, 0.998}) {
      SineClock clock = new SineClock(100, swing);
      for (double t = 0; t < 1000; t += 0.37) {
        assertThat(clock.time(clock.expected(t))).isCloseTo(t, Offset.offset(1e-6));
      }
    }
  }

  @Test
  void isTheIdentityWithoutASwing() {
    assertThat(new SineClock(1, 0).time(1e18)).isEqualTo(1e18);
    assertThat(new SineClock(1, 0.5).time(0)).isZero();
  }
}
