package io.waip.cost.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.drift.Change;
import io.waip.api.drift.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DriftMonitorTest {
  private record Alarm(Signal signal, int index, Change change) {}

  /** How the workload is; each part can drift by itself. */
  private record Workload(
      double perSecond, double logLength, double first, double hit, double slow) {
    static final Workload USUAL = new Workload(20, 3, 0.5, 0.3, 0);

    Workload drifted(Signal signal) {
      return switch (signal) {
        case ARRIVALS -> new Workload(40, logLength, first, hit, slow);
        case LENGTH -> new Workload(perSecond, 3.7, first, hit, slow);
        case CLASS_MIX -> new Workload(perSecond, logLength, 0.8, hit, slow);
        case HIT_RATE -> new Workload(perSecond, logLength, first, 0.6, slow);
        case RESIDUAL -> new Workload(perSecond, logLength, first, hit, Math.log(1.4));
      };
    }
  }

  private final SplittableRandom random = new SplittableRandom(1);
  private final List<Alarm> alarms = new ArrayList<>();
  private final DriftMonitor monitor =
      new DriftMonitor(
          DriftSettings.DEFAULT,
          2,
          2,
          (signal, index, change, nowNanos) -> alarms.add(new Alarm(signal, index, change)));
  private long now;

  private void run(Workload workload, long nanos) {
    long end = now + nanos;
    while (now < end) {
      now = Streams.poisson(random, now, workload.perSecond());
      int length = (int) Math.ceil(Math.exp(workload.logLength() + 0.5 * random.nextGaussian()));
      monitor.arrived(now, length, random.nextDouble() < workload.first() ? 0 : 1);
      monitor.lookedUp(now, random.nextDouble() < workload.hit());
      monitor.executed(now, 0, 0.1 * random.nextGaussian());
      monitor.executed(now, 1, workload.slow() + 0.1 * random.nextGaussian());
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsOfTheSignalThatDriftedAndOfNoOther(Signal signal) {
    run(Workload.USUAL, Streams.HOUR / 2);
    assertThat(alarms).isEmpty();
    run(Workload.USUAL.drifted(signal), 150 * Streams.SECOND);
    assertThat(alarms).extracting(Alarm::signal).containsOnly(signal);
    if (signal == Signal.RESIDUAL) {
      assertThat(alarms).containsExactly(new Alarm(Signal.RESIDUAL, 1, Change.RISE));
    }
  }

  @Test
  void noticesWhileNothingArrives() {
    run(Workload.USUAL, Streams.HOUR / 2);
    for (int i = 0; i < 100; i++) {
      monitor.advance(now += Streams.SECOND);
    }
    assertThat(alarms).containsExactly(new Alarm(Signal.ARRIVALS, 0, Change.FALL));
  }

  @Test
  void closesTheLastWindowOfEachStreamWhenToldTheTime() {
    run(Workload.USUAL, Streams.HOUR / 2);
    alarms.clear();
    // Windows of nothing but the other class, longer and hit.
    for (int window = 0; window < 20; window++) {
      int before = alarms.size();
      for (int i = 0; i < 200; i++) {
        monitor.arrived(now, 1000, 1);
        monitor.lookedUp(now, true);
      }
      assertThat(alarms).hasSize(before);
      monitor.advance(now += 10 * Streams.SECOND);
    }
    assertThat(alarms)
        .extracting(Alarm::signal)
        .contains(Signal.LENGTH, Signal.CLASS_MIX, Signal.HIT_RATE);
  }

  /** A hundred false alarms an hour are allowed, over an hour of 50 series. */
  @Test
  void seriesShareTheBudget() {
    ResidualSettings residuals = new ResidualSettings(0.005, 0.05, new FalseAlarmBudget(100));
    DriftMonitor many =
        new DriftMonitor(
            new DriftSettings(StreamSettings.DEFAULT, residuals),
            1,
            50,
            (s, i, c, t) -> alarms.add(new Alarm(s, i, c)));
    for (int second = 0; second < 3600; second++) {
      for (int series = 0; series < 50; series++) {
        many.executed(second * Streams.SECOND, series, 0.1 * random.nextGaussian());
      }
    }
    System.out.printf("50 series for an hour: %d false alarms of 100 allowed%n", alarms.size());
    assertThat(alarms).hasSizeBetween(1, 100);
  }

  @Test
  void oneClassHasNoMix() {
    DriftMonitor one =
        new DriftMonitor(
            DriftSettings.DEFAULT, 1, 1, (s, i, c, t) -> alarms.add(new Alarm(s, i, c)));
    for (int i = 0; i < 2000; i++) {
      one.arrived(i * Streams.SECOND, 5, 0);
    }
    one.advance(2000 * Streams.SECOND);
    assertThat(alarms).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0"})
  void refusesToWatchNothing(int classes, int series) {
    assertThatThrownBy(
            () -> new DriftMonitor(DriftSettings.DEFAULT, classes, series, (s, i, c, t) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("are " + classes + " and " + series);
  }

  @ParameterizedTest
  @CsvSource({
    "9, 30, 0.002, window",
    "61, 30, 0.002, window",
    "10, 19, 0.002, learned",
    "10, 1001, 0.002, learned",
    "10, 30, 0, delta",
    "10, 30, 1, delta"
  })
  void refusesSettingsOutOfRange(int seconds, int learned, double delta, String name) {
    FalseAlarmBudget budget = new FalseAlarmBudget(1);
    assertThatThrownBy(() -> new StreamSettings(seconds * Streams.SECOND, learned, delta, budget))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name);
  }

  @Test
  void windowsMayBeLonger() {
    StreamSettings minute = StreamSettings.DEFAULT.withWindow(60 * Streams.SECOND);
    ArrivalStream stream = new ArrivalStream(minute);
    for (int i = 0; i < 30 * 60; i++) {
      stream.arrived(i * Streams.SECOND);
    }
    assertThat(stream.isWatching()).isFalse();
    stream.advance(30 * 60 * Streams.SECOND);
    assertThat(stream.isWatching()).isTrue();
  }
}
