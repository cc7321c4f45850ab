package io.waip.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;

/** What every latency model that this module fits to points must do. */
abstract class FittedModelContract {
  /** Twice the measured range, so that extrapolation is met too. */
  private static final int BATCHES = 2 * Points.MAX_BATCH;

  private static final int LENGTHS = 2 * Points.MAX_LENGTH;

  abstract LatencyModel fit(List<CostPoint> points);

  @Provide
  Arbitrary<List<CostPoint>> points() {
    return Points.any();
  }

  @Property(tries = 300, seed = "7")
  void isPositiveAndNonDecreasing(
      @ForAll("points") List<CostPoint> points,
      @ForAll @IntRange(min = 1, max = BATCHES) int batch,
      @ForAll @IntRange(min = 1, max = LENGTHS) int length) {
    LatencyModel model = fit(points);
    int variant = points.getFirst().variant();
    long here = model.medianNanos(variant, batch, length);
    assertThat(here).isPositive();
    for (int more = batch; more <= BATCHES; more++) {
      assertThat(model.medianNanos(variant, more + 1, length))
          .isGreaterThanOrEqualTo(model.medianNanos(variant, more, length));
    }
    for (int more = length; more <= LENGTHS; more++) {
      assertThat(model.medianNanos(variant, batch, more + 1))
          .isGreaterThanOrEqualTo(model.medianNanos(variant, batch, more));
    }
  }

  @Property(tries = 200, seed = "7")
  void answersForTheVariantsInThePointsOnly(
      @ForAll("points") List<CostPoint> points, @ForAll @IntRange(min = -1, max = 4) int variant) {
    long nanos = fit(points).medianNanos(variant, 1, 1);
    boolean known = points.stream().anyMatch(point -> point.variant() == variant);
    assertThat(nanos != LatencyModel.UNKNOWN_NANOS).isEqualTo(known);
  }

  @Property(tries = 100, seed = "7")
  void doesNotDependOnTheOrderOfThePoints(@ForAll("points") List<CostPoint> points) {
    LatencyModel forwards = fit(points);
    LatencyModel backwards = fit(points.reversed());
    int variant = points.getFirst().variant();
    // Sums taken in another order may round to the neighbouring nanosecond.
    assertThat((double) forwards.medianNanos(variant, 9, 9))
        .isCloseTo(backwards.medianNanos(variant, 9, 9), relativeTo(1e-6));
  }

  @Property(tries = 100, seed = "7")
  void agreesWithTheOnlyPoint(
      @ForAll @IntRange(min = 1, max = 64) int batch,
      @ForAll @IntRange(min = 1, max = 512) int length,
      @ForAll @IntRange(min = 1, max = 1_000_000_000) int nanos) {
    LatencyModel model = fit(List.of(Points.point(batch, length, nanos)));
    assertThat(model.medianNanos(0, batch, length)).isEqualTo(nanos);
  }

  @Property(tries = 50, seed = "7")
  void recoversALinearLawInsideAndOutsideTheMeasuredRange(
      @ForAll @IntRange(min = 0, max = 9_000_000) int alpha,
      @ForAll @IntRange(min = 0, max = 900_000) int beta,
      @ForAll @IntRange(min = 1, max = 90_000) int gamma) {
    LinearLaw law = new LinearLaw(alpha, beta, gamma);
    LatencyModel model = fit(Points.grid(law, new int[] {1, 4, 16}, new int[] {8, 32, 128}));
    for (int batch : new int[] {1, 3, 16, 64}) {
      for (int length : new int[] {8, 100, 512}) {
        double expected = law.nanos(batch, length);
        assertThat((double) model.medianNanos(0, batch, length))
            .isCloseTo(expected, relativeTo(1e-4));
      }
    }
  }

  @Example
  void refusesToFitNothing() {
    assertThatThrownBy(() -> fit(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }

  private static Percentage relativeTo(double share) {
    return Percentage.withPercentage(100 * share);
  }
}
