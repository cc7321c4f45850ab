package io.waip.cost.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.drift.Change;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResidualStreamTest {
  private static final int NEVER = Integer.MAX_VALUE;
  private static final double SLOWER = Math.log(1.4);

  private final SplittableRandom random = new SplittableRandom(1);
  private final ResidualStream stream = new ResidualStream(ResidualSettings.DEFAULT);
  private long now;
  private long gapNanos = Streams.SECOND / 30;

  /** Returns the number of the execution that alarmed, of at most so many. */
  private int execute(int count, DoubleSupplier residuals) {
    for (int i = 1; i <= count; i++) {
      now += gapNanos;
      if (stream.executed(now, residuals.getAsDouble()).isAlarm()) {
        return i;
      }
    }
    return NEVER;
  }

  private DoubleSupplier normal(double mean, double deviation) {
    return () -> mean + deviation * random.nextGaussian();
  }

  /** 40 % slower, whatever the noise of the machine; at one batch a second too. */
  @ParameterizedTest
  @CsvSource({"0, 30, 15", "0.02, 30, 15", "0.1, 30, 15", "0.1, 1, 15", "0.3, 30, 300"})
  void findsThatExecutionsBecameSlower(double noise, int perSecond, int withinExecutions) {
    gapNanos = Streams.SECOND / perSecond;
    assertThat(execute(2000, normal(0.2, noise))).isEqualTo(NEVER);
    assertThat(stream.isWatching()).isTrue();
    int found = execute(2000, normal(0.2 + SLOWER, noise));
    System.out.printf("residuals +40 %%, noise %.2f: alarm after %d executions%n", noise, found);
    assertThat(found).isLessThanOrEqualTo(withinExecutions);
  }

  @Test
  void saysWhetherTheyBecameSlowerOrFaster() {
    execute(1000, normal(0, 0.05));
    Change change = Change.NONE;
    while (!change.isAlarm()) {
      change = stream.executed(now += gapNanos, -0.2);
    }
    assertThat(change).isEqualTo(Change.FALL);
    execute(1000, normal(-0.2, 0.05));
    change = Change.NONE;
    while (!change.isAlarm()) {
      change = stream.executed(now += gapNanos, 0);
    }
    assertThat(change).isEqualTo(Change.RISE);
  }

  @Test
  void findsASmallLastingChangeLater() {
    execute(4000, normal(0, 0.05));
    assertThat(execute(4000, normal(0.04, 0.05))).isBetween(20, 1000);
  }

  @Test
  void whatIsFoundOnlyByTheTestForSmallChangesIsMissedWithoutIt() {
    ResidualSettings jumps = new ResidualSettings(0.1, 0.1, ResidualSettings.DEFAULT.budget());
    ResidualStream coarse = new ResidualStream(jumps);
    SplittableRandom noise = new SplittableRandom(2);
    for (int i = 0; i < 50_000; i++) {
      double level = i < 4000 ? 0 : 0.04;
      assertThat(coarse.executed(i * gapNanos, level + 0.05 * noise.nextGaussian()))
          .isEqualTo(Change.NONE);
    }
  }

  static Stream<Arguments> noises() {
    SplittableRandom random = new SplittableRandom(5);
    double[] last = {0};
    DoubleSupplier normal = () -> 0.1 * random.nextGaussian();
    DoubleSupplier skewed = () -> -0.3 * Math.log(1 - random.nextDouble());
    DoubleSupplier pauses =
        () -> normal.getAsDouble() + (random.nextInt(100) == 0 ? Math.log(10) : 0);
    DoubleSupplier dependent = () -> last[0] = 0.98 * last[0] + 0.02 * random.nextGaussian();
    return Stream.of(
        Arguments.of("normal", normal),
        Arguments.of("exponential", skewed),
        Arguments.of("one of a hundred ten times as slow", pauses),
        Arguments.of("dependent, weight 0.98", dependent));
  }

  /** Ten hours at 30 executions a second. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("noises")
  void noiseOfAnyKindIsNoDrift(String name, DoubleSupplier residuals) {
    int alarms = 0;
    for (int i = 0; i < 10 * 3600 * 30; i++) {
      alarms += stream.executed(i * gapNanos, residuals.getAsDouble()).isAlarm() ? 1 : 0;
    }
    System.out.printf("residuals %s: %d false alarms in 10 h%n", name, alarms);
    assertThat(alarms).isLessThanOrEqualTo(5);
  }

  /** The same tests with a threshold for independent residuals. */
  @Test
  void residualsThatDependOnOneAnotherAlarmWhereTheirSumsAreNotMeasured() {
    DoubleSupplier dependent = (DoubleSupplier) noises().toList().get(3).get()[1];
    FalseAlarmBudget half = ResidualSettings.DEFAULT.budget().dividedBy(2);
    PageHinkley naive = new PageHinkley(0.005, half.lambda(0.005, 0.13, 30 * 3600));
    int alarms = 0;
    for (int i = 0; i < 3600 * 30; i++) {
      alarms += naive.add(dependent.getAsDouble()).isAlarm() ? 1 : 0;
    }
    assertThat(alarms).isGreaterThan(10);
  }

  @Test
  void learnsAnewAfterAnAlarm() {
    execute(500, normal(0, 0.1));
    assertThat(execute(500, normal(SLOWER, 0.1))).isLessThan(50);
    assertThat(stream.isWatching()).isFalse();
    assertThat(execute(128, normal(SLOWER, 0.1))).isEqualTo(NEVER);
    assertThat(stream.isWatching()).isTrue();
    assertThat(execute(5000, normal(SLOWER, 0.1))).isEqualTo(NEVER);
  }

  @Test
  void aColdStartDoesNotBlindIt() {
    stream.executed(now, Math.log(100_000));
    assertThat(execute(200, normal(0, 0.1))).isEqualTo(NEVER);
    assertThat(execute(1000, normal(SLOWER, 0.1))).isLessThan(100);
  }

  @Test
  void aModelFarOffIsWatchedLikeAGoodOne() {
    execute(500, normal(0, 0.05));
    assertThat(execute(500, normal(1.5, 0.05))).isLessThan(100);
    assertThat(execute(1000, normal(1.5, 0.05))).isEqualTo(NEVER);
    assertThat(execute(1000, normal(1.5 + SLOWER, 0.05))).isLessThan(100);
  }

  /** By 40 % over ten minutes. */
  @Test
  void findsAGradualChange() {
    execute(18_000, normal(0, 0.1));
    double[] level = {0};
    int found = execute(18_000, () -> (level[0] += SLOWER / 18_000) + 0.1 * random.nextGaussian());
    System.out.printf("residuals +40 %% over ten minutes: alarm after %d s%n", found / 30);
    assertThat(found / 30).isLessThanOrEqualTo(90);
  }

  @Test
  void timesMayBeginAnywhere() {
    now = 100_000 * Streams.HOUR;
    assertThat(execute(50_000, normal(0, 0.1))).isEqualTo(NEVER);
  }

  @Test
  void aModelWithoutNoiseIsTakenToHaveSome() {
    execute(500, () -> 0);
    assertThat(execute(50, () -> 0.008)).isEqualTo(NEVER);
  }

  @Test
  void aPauseOfTheMachineIsNoDrift() {
    execute(1000, normal(0, 0.05));
    assertThat(stream.executed(now += gapNanos, Math.log(1000))).isEqualTo(Change.NONE);
    assertThat(execute(1000, normal(0, 0.05))).isEqualTo(NEVER);
  }

  @Test
  void refusesAResidualThatIsNoneAndGoesOn() {
    execute(500, normal(0, 0.1));
    assertThatThrownBy(() -> stream.executed(now, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("log residual must be finite, is NaN");
    assertThat(execute(500, normal(0, 0.1))).isEqualTo(NEVER);
    assertThat(execute(500, normal(SLOWER, 0.1))).isLessThan(50);
  }

  @ParameterizedTest
  @CsvSource({"-0.1, 0, creep", "1.1, 0, creep", "0, NaN, jump", "0, 2, jump"})
  void refusesSettingsOutOfRange(double creep, double jump, String name) {
    FalseAlarmBudget budget = new FalseAlarmBudget(1);
    assertThatThrownBy(() -> new ResidualSettings(creep, jump, budget))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name);
  }
}
