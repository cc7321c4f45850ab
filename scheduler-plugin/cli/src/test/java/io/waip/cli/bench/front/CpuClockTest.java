package io.waip.cli.bench.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CpuClockTest {
  @Test
  void userAndSystemTicksAreAddedWhateverTheProgramIsCalled() {
    String stat = "42 (a) b) S 1 42 42 0 -1 0 0 0 0 0 130 25 7 7 20 0 1 0 100 0 0";

    assertThat(CpuClock.micros(stat)).isEqualTo((130 + 25) * 10_000.0);
  }

  @Test
  void aProcessThatIsGoneUsesNothing() throws IOException {
    // Above the largest process id Linux gives out.
    assertThat(CpuClock.micros(99_999_999)).isZero();
  }

  @Test
  void thisProcessUsedSome() throws IOException {
    assertThat(CpuClock.micros(ProcessHandle.current().pid())).isPositive();
  }
}
