package io.waip.cost.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.drift.Change;
import io.waip.cost.drift.Streams.Bursts;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrivalStreamTest {
  private static final long NEVER = Long.MAX_VALUE;

  private final ArrivalStream stream = new ArrivalStream(StreamSettings.DEFAULT);

  /** Returns the time from a change of the rate, after an hour, to an alarm of this kind. */
  private static double secondsToAlarm(long seed, double burst, double factor, Change kind) {
    ArrivalStream stream = new ArrivalStream(StreamSettings.DEFAULT);
    Bursts before = new Bursts(seed, 20, burst);
    Bursts after = new Bursts(seed + 1, 20 * factor, burst);
    long now = 0;
    while (now < Streams.HOUR) {
      stream.arrived(now);
      now = before.next();
    }
    for (now = 0; now < 3 * Streams.HOUR; now = after.next()) {
      if (stream.arrived(Streams.HOUR + now) == kind) {
        return now / (double) Streams.SECOND;
      }
    }
    return NEVER;
  }

  @Test
  void learnsTheIndexOfDispersion() {
    SplittableRandom random = new SplittableRandom(1);
    StreamSettings long1000 =
        new StreamSettings(10 * Streams.SECOND, 1000, 0.002, StreamSettings.DEFAULT.budget());
    ArrivalStream poisson = new ArrivalStream(long1000);
    long now = 0;
    while (now < 2 * Streams.HOUR) {
      poisson.arrived(now);
      now = Streams.poisson(random, now, 20);
    }
    assertThat(poisson.dispersionIndex()).isCloseTo(1, within(0.15));
    ArrivalStream bursty = new ArrivalStream(long1000);
    Bursts bursts = new Bursts(1, 200, 10);
    for (now = 0; now < 2 * Streams.HOUR; now = bursts.next()) {
      bursty.arrived(now);
    }
    assertThat(bursty.dispersionIndex()).isCloseTo(20, within(4.0));
  }

  @ParameterizedTest
  @CsvSource({"1, 1.5, RISE, 80", "1, 0.6, FALL, 80", "20, 2, RISE, 300", "20, 0.5, FALL, 400"})
  void findsAnotherRate(double burst, double factor, Change kind, double withinSeconds) {
    double worst = 0;
    for (long seed = 1; seed <= 20; seed++) {
      worst = Math.max(worst, secondsToAlarm(seed, burst, factor, kind));
    }
    System.out.printf(
        "arrivals in bursts of %.0f, rate x %.1f: alarm after at most %.0f s%n",
        burst, factor, worst);
    assertThat(worst).isLessThanOrEqualTo(withinSeconds);
  }

  /** A planner told to be calm by one window would be woken by every burst. */
  @Test
  void takesBurstsForDriftOnlyWhereTheyAreNotStandardised() {
    Bursts bursts = new Bursts(3, 20, 85);
    PageHinkley asPoisson =
        new PageHinkley(0.5, StreamSettings.DEFAULT.budget().lambda(0.5, 1.3, 360));
    int standardised = 0;
    int naive = 0;
    long window = 0;
    int count = 0;
    double expected = 2 * Math.sqrt(200);
    for (long now = 0; now < 24 * Streams.HOUR; now = bursts.next()) {
      standardised += stream.arrived(now).isAlarm() ? 1 : 0;
      while (now / (10 * Streams.SECOND) > window) {
        double z = Math.clamp(2 * Math.sqrt(count) - expected, -3, 3);
        naive += asPoisson.add(z).isAlarm() ? 1 : 0;
        window++;
        count = 0;
      }
      count++;
    }
    System.out.printf(
        "bursts of 85 for a day: %d false alarms, %d as if they were Poisson%n",
        standardised, naive);
    assertThat(standardised).isLessThanOrEqualTo(24);
    assertThat(naive).isGreaterThan(5 * 24);
  }

  @Test
  void oneWindowOfManyArrivalsIsNoDrift() {
    SplittableRandom random = new SplittableRandom(1);
    for (long now = 0; now < 2 * Streams.HOUR; now = Streams.poisson(random, now, 20)) {
      boolean isRush = now > Streams.HOUR && now < Streams.HOUR + 10 * Streams.SECOND;
      for (int i = 0; i < (isRush ? 100 : 1); i++) {
        assertThat(stream.arrived(now)).isEqualTo(Change.NONE);
      }
    }
  }

  @Test
  void regularArrivalsAreTakenForPoisson() {
    // 200, then 201 in a window: 0.07 standard deviations.
    for (int i = 0; i < 200 * 60; i++) {
      stream.arrived(i * Streams.SECOND / 20);
    }
    for (int i = 0; i < 201 * 60; i++) {
      long now = 600 * Streams.SECOND + i * 10L * Streams.SECOND / 201;
      assertThat(stream.arrived(now)).isEqualTo(Change.NONE);
    }
    assertThat(stream.dispersionIndex()).isZero();
  }

  @Test
  void noticesThatNothingArrivesAnyMore() {
    Bursts bursts = new Bursts(1, 20, 1);
    long now = 0;
    while (now < Streams.HOUR) {
      stream.arrived(now);
      now = bursts.next();
    }
    assertThat(stream.isWatching()).isTrue();
    assertThat(stream.advance(now + 100 * Streams.SECOND)).isEqualTo(Change.FALL);
    assertThat(stream.isWatching()).isFalse();
  }

  @Test
  void learnsAnewAfterAnAlarm() {
    Bursts slow = new Bursts(1, 20, 1);
    Bursts fast = new Bursts(2, 60, 1);
    for (long now = 0; now < Streams.HOUR; now = slow.next()) {
      stream.arrived(now);
    }
    int alarms = 0;
    for (long now = 0; now < 2 * Streams.HOUR; now = fast.next()) {
      alarms += stream.arrived(Streams.HOUR + now).isAlarm() ? 1 : 0;
    }
    assertThat(alarms).isEqualTo(1);
    assertThat(stream.isWatching()).isTrue();
  }
}
