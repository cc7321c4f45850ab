package io.waip.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.drift.Change;
import io.waip.api.drift.DriftWatch;
import io.waip.api.drift.DriftWatchFactory;
import io.waip.api.drift.Signal;
import io.waip.api.drift.WatchScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link DriftWatchFactory} owes, whatever it learns by. */
public abstract class DriftWatchContract {
  private static final long STEP_NANOS = 10_000_000L;
  private static final WatchScope SCOPE = new WatchScope(2, 2, 8, 64);

  private final List<String> alarms = new ArrayList<>();
  private final Random random = new Random(5);
  private long nowNanos;

  /** Returns the factory to test. */
  protected abstract DriftWatchFactory factory();

  private DriftWatch open() {
    return factory()
        .open(
            SCOPE, (signal, index, change, at) -> alarms.add(signal + " " + index + " " + change));
  }

  private void execute(DriftWatch watch, int times, double meanLogResidual) {
    for (int i = 0; i < times; i++) {
      nowNanos += STEP_NANOS;
      watch.executed(nowNanos, 1, 1 + i % 8, 64, meanLogResidual + 0.05 * random.nextGaussian());
      watch.advance(nowNanos);
    }
  }

  @Test
  void knowsNothingAtFirst() {
    DriftWatch watch = open();

    assertThat(watch.factor(1, 4, 64)).isEqualTo(1);
    assertThat(watch.p99Factor(1, 4, 64)).isNaN();
  }

  @Test
  void followsExecutionsAndBoundsThem() {
    DriftWatch watch = open();
    execute(watch, 2_000, Math.log(2));

    assertThat(watch.factor(1, 4, 64)).isBetween(1.8, 2.2);
    assertThat(watch.p99Factor(1, 4, 64)).isBetween(2.0, 3.0);
    assertThat(watch.p99Factor(0, 4, 64)).isNaN();
  }

  @Test
  void tellsThatASeriesBecameSlowerAndNothingElse() {
    DriftWatch watch = open();
    execute(watch, 2_000, 0);
    assertThat(alarms).isEmpty();
    execute(watch, 500, Math.log(1.4));

    assertThat(alarms).isNotEmpty().containsOnly(Signal.RESIDUAL + " 1 " + Change.RISE);
  }

  @Test
  void refusesAResidualThatIsNoNumberAndLearnsNothingFromIt() {
    DriftWatch watch = open();

    assertThatThrownBy(() -> watch.executed(1, 0, 1, 1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> watch.executed(1, 0, 1, 1, Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(watch.p99Factor(0, 1, 1)).isNaN();
  }

  @Test
  void hasAName() {
    assertThat(factory().name()).matches("[a-z][a-z0-9-]*");
  }
}
