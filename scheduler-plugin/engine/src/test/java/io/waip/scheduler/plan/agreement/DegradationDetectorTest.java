package io.waip.scheduler.plan.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DegradationDetectorTest {
  private static final double RELIED = 0.985;
  private static final int HORIZON = 20_000;

  /** Returns in how many of 500 sound variants a fall is found that is none. */
  private static int falseExits(double risk) {
    SplittableRandom random = new SplittableRandom(11);
    int exits = 0;
    for (int run = 0; run < 500; run++) {
      DegradationDetector detector = new DegradationDetector(RELIED, risk, HORIZON);
      for (int i = 0; i < HORIZON && !detector.isDegraded(); i++) {
        detector.add(random.nextDouble() < RELIED);
      }
      exits += detector.isDegraded() ? 1 : 0;
    }
    return exits;
  }

  /** Quality is exactly what is relied on: the hardest sound variant. */
  @Test
  void leavesASoundVariantAlone() {
    int exits = falseExits(0.01);
    System.out.printf(
        Locale.ROOT, "figures: %d of 500 sound variants left within %d%n", exits, HORIZON);
    assertThat(exits).isLessThanOrEqualTo(5);
  }

  /** A limit that forgets that a fall may begin at any of the comparisons. */
  @Test
  void aLimitWithoutItsHorizonIsCaught() {
    SplittableRandom random = new SplittableRandom(11);
    int exits = 0;
    for (int run = 0; run < 100; run++) {
      DegradationDetector detector = new DegradationDetector(RELIED, 0.01, 1);
      for (int i = 0; i < HORIZON; i++) {
        detector.add(random.nextDouble() < RELIED);
      }
      exits += detector.isDegraded() ? 1 : 0;
    }
    assertThat(exits).isGreaterThan(20);
  }

  /**
   * Returns the comparisons until each of 300 falls is found, which begin after 5,000 good ones.
   */
  private static int[] delays(double quality) {
    SplittableRandom random = new SplittableRandom(3);
    int[] delays = new int[300];
    for (int run = 0; run < delays.length; run++) {
      DegradationDetector detector = new DegradationDetector(RELIED, 0.01, HORIZON);
      for (int i = 0; i < 5_000; i++) {
        detector.add(random.nextDouble() < RELIED);
      }
      while (!detector.add(random.nextDouble() < quality)) {
        delays[run]++;
      }
    }
    Arrays.sort(delays);
    System.out.printf(
        Locale.ROOT,
        "figures: a fall from %.3f to %.3f is found after %d comparisons in the median, %d at most"
            + " in 99 of 100%n",
        RELIED,
        quality,
        delays[150],
        delays[297]);
    return delays;
  }

  @Test
  void findsAFallWheneverItBegins() {
    assertThat(delays(0.90)[297]).isLessThan(400);
    assertThat(delays(0.95)[297]).isLessThan(1_200);
    assertThat(delays(0.5)[297]).isLessThan(50);
  }

  @Test
  void anAlarmStays() {
    DegradationDetector detector = new DegradationDetector(RELIED, 0.01, 100);
    while (!detector.add(false)) {
      assertThat(detector.samples()).isLessThan(100);
    }
    long found = detector.samples();
    for (int i = 0; i < 1_000; i++) {
      detector.add(true);
    }
    assertThat(detector.isDegraded()).isTrue();
    assertThat(found).isBetween(2L, 10L);
  }

  @Test
  void refusesFiguresOutOfRange() {
    assertThatThrownBy(() -> new DegradationDetector(1, 0.01, 10)).hasMessageContaining("1.0");
    assertThatThrownBy(() -> new DegradationDetector(0.9, 0, 10)).hasMessageContaining("0.0");
    assertThatThrownBy(() -> new DegradationDetector(0.9, 0.1, 0)).hasMessageContaining("horizon");
  }
}
