package io.waip.cli.demo.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceArrivalsTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void stretchesTheTraceToTheRate() {
    long[] trace = {0, 10, 20, 30, 40, 50, 60, 70, 80, 90};
    long[] times = TraceArrivals.rescale(trace, 0, 5, SECOND);
    assertThat(times).containsExactly(0, 200_000_000, 400_000_000, 600_000_000, 800_000_000);
  }

  @Test
  void keepsTheProportionOfTheGaps() {
    long[] trace = {0, 1, 4, 5, 8, 100};
    long[] times = TraceArrivals.rescale(trace, 0, 4, SECOND);
    assertThat(times).containsExactly(0, 125_000_000, 500_000_000, 625_000_000);
  }

  @Test
  void startsOverWhereTheTraceIsShorterThanTheWindow() {
    long[] trace = {1000, 1010};
    long[] times = TraceArrivals.rescale(trace, 0, 4, SECOND);
    assertThat(times).containsExactly(0, 250_000_000, 500_000_000, 750_000_000);
  }

  @Test
  void leavesOutTheRequestsSkipped() {
    long[] trace = {0, 1, 2, 12, 22, 32};
    assertThat(TraceArrivals.rescale(trace, 2, 2, SECOND)).containsExactly(0, 500_000_000);
    assertThat(TraceArrivals.rescale(trace, 0, 2, SECOND)).containsExactly(0, 500_000_000);
  }

  @Test
  void neverLeavesTheWindow() {
    long[] trace = {0, 7, 7, 7};
    long[] times = TraceArrivals.rescale(trace, 0, 9, SECOND);
    assertThat(times).hasSize(9).isSorted();
    assertThat(times[8]).isLessThan(SECOND);
  }
}
