package io.waip.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JitterTest {
  @Test
  void theWorkReallyIsDone() {
    Jitter jitter = new Jitter(System::nanoTime);
    for (int i = 0; i < 200; i++) {
      jitter.probe();
    }

    // 100,000 steps of six instructions that wait for each other: 100 us at 6 GHz. What takes less
    // was left out by the compiler.
    assertThat(jitter.medianNanos()).isGreaterThan(90_000);
    assertThat(jitter.p99OverMedian()).isGreaterThanOrEqualTo(1);
  }

  @Test
  void comparesTheWorstOfAHundredWithTheMedian() {
    // Probes of 1, 2 … 100 ns by a clock that every second reading moves.
    Jitter jitter = new Jitter(new SteppingClock()::read);
    for (int i = 0; i < 100; i++) {
      jitter.probe();
    }

    assertThat(jitter.medianNanos()).isEqualTo(50);
    assertThat(jitter.p99OverMedian()).isEqualTo(99.0 / 50);
  }

  private static final class SteppingClock {
    private int readings;
    private long now;

    long read() {
      readings++;
      now += readings % 2 == 0 ? readings / 2 : 0;
      return now;
    }
  }
}
