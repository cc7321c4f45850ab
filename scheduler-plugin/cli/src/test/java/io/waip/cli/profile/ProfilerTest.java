package io.waip.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.cli.profile.Profiler.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The order and the end of measuring, on a clock of its own that only executions move. */
class ProfilerTest {
  private static final long MS = 1_000_000L;

  private final List<String> executed = new ArrayList<>();
  private long now;
  private double spread;
  private final Random noise = new Random(1);

  private static ProfilePlan plan(int seconds, double precision) {
    return new ProfilePlan(
        List.of(1, 2), List.of(16, 32, 64), Duration.ofSeconds(seconds), precision, 7);
  }

  /** Takes 1 ms for each element of 16, with noise. */
  private long execute(int batch, int length) {
    executed.add(batch + "x" + length);
    double factor = Math.exp(spread * noise.nextGaussian());
    long nanos = Math.round(factor * MS * batch * length / 16);
    now += nanos;
    return nanos;
  }

  private Profile measure(ProfilePlan plan) throws InterruptedException {
    return new Profiler(plan, () -> now, () -> false)
        .measure(this::execute, (passes, settled, shapes) -> {});
  }

  @Test
  void warmsUpTwiceWithSmallerShapesFirst() throws InterruptedException {
    measure(plan(10, 0.02));

    assertThat(executed.subList(0, 12))
        .containsExactly(
            "1x16", "1x16", "1x32", "1x32", "2x16", "2x16", "1x64", "1x64", "2x32", "2x32", "2x64",
            "2x64");
  }

  @Test
  void stopsWhenEachMedianIsKnownWellEnough() throws InterruptedException {
    Profile profile = measure(plan(3600, 0.02));

    // Without noise the interval of the fewest times has no width.
    assertThat(profile.passes()).isEqualTo(ShapeTimes.LEAST);
    assertThat(profile.settled()).isEqualTo(6);
    assertThat(profile.shapes()).allMatch(shape -> shape.count() == ShapeTimes.LEAST);
    assertThat(profile.leftOut()).isEmpty();
  }

  @Test
  void measuresOnlyShapesThatAreNotKnownWellEnough() throws InterruptedException {
    spread = 0.1;
    Profile profile = measure(plan(3600, 0.02));

    assertThat(profile.settled()).isEqualTo(6);
    assertThat(profile.shapes()).allMatch(shape -> shape.uncertainty() <= 0.02);
    assertThat(profile.shapes()).extracting(ShapeTimes::count).contains(profile.passes());
    assertThat(profile.shapes().stream().mapToInt(ShapeTimes::count).min().orElseThrow())
        .isLessThan(profile.passes());
  }

  @Test
  void stopsWhenTheBudgetIsSpent() throws InterruptedException {
    spread = 0.5;
    Profile profile = measure(plan(2, 0.001));

    assertThat(profile.settled()).isLessThan(6);
    // At most one execution of 8 ms, with its noise, beyond.
    assertThat(profile.spent()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2100));
  }

  @Test
  void leavesOutWhatTheBudgetDoesNotReach() throws InterruptedException {
    ProfilePlan plan =
        new ProfilePlan(List.of(1, 100), List.of(16, 3200), Duration.ofSeconds(4), 0.02, 1);
    Profile profile = measure(plan);

    // 1x16 takes 1 ms, 100x16 100 ms and 1x3200 200 ms; 100x3200 is 20 s and never begun.
    assertThat(executed).doesNotContain("100x3200");
    assertThat(profile.shapes()).hasSize(3).allMatch(shape -> shape.count() >= 8);
    assertThat(profile.leftOut()).hasSize(1).allMatch(shape -> shape.elements() == 320_000);
  }

  @Test
  void leavesOutShapesThatRanTooSeldom() throws InterruptedException {
    ProfilePlan plan =
        new ProfilePlan(List.of(1, 100), List.of(16, 3200), Duration.ofSeconds(2), 0.02, 1);

    // 1.4 s are left after the warm-up: four passes of 301 ms.
    assertThat(measure(plan).shapes()).isEmpty();
  }

  @Test
  void drawsTheOrderOfEachPassAnewAndTheSameForASeed() throws InterruptedException {
    spread = 0.3;
    measure(plan(1, 0.001));
    List<String> first = List.copyOf(executed);
    executed.clear();
    now = 0;
    noise.setSeed(1);
    measure(plan(1, 0.001));

    List<String> pass = first.subList(12, 18);
    assertThat(first.subList(18, 24)).containsExactlyInAnyOrderElementsOf(pass).isNotEqualTo(pass);
    assertThat(executed.subList(0, 24)).isEqualTo(first.subList(0, 24));
  }

  @Test
  void endsSoonWhenCancelled() throws InterruptedException {
    Profile profile =
        new Profiler(plan(3600, 0.001), () -> now, () -> executed.size() > 20)
            .measure(this::execute, (passes, settled, shapes) -> {});

    assertThat(executed).hasSize(21);
    assertThat(profile.shapes()).isEmpty();
  }
}
