package io.waip.cost;

import static io.waip.cost.Points.point;
import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GridLatencyModelTest {
  private static GridLatencyModel fit(CostPoint... points) {
    return GridLatencyModel.fit(List.of(points));
  }

  @Provide
  Arbitrary<List<CostPoint>> points() {
    return Points.any();
  }

  @Example
  void interpolatesBetweenTheFourNearestPoints() {
    GridLatencyModel model =
        fit(point(1, 10, 100), point(3, 10, 200), point(1, 30, 300), point(3, 30, 800));
    assertThat(model.medianNanos(0, 2, 10)).isEqualTo(150);
    assertThat(model.medianNanos(0, 1, 20)).isEqualTo(200);
    // Middle of the cell: the mean of its corners.
    assertThat(model.medianNanos(0, 2, 20)).isEqualTo(350);
  }

  @Example
  void givesADipTheTimeOfTheSmallerShape() {
    GridLatencyModel model = fit(point(4, 1, 100), point(5, 1, 180), point(8, 1, 150));
    assertThat(model.medianNanos(0, 8, 1)).isEqualTo(180);
    assertThat(model.medianNanos(0, 6, 1)).isEqualTo(180);
  }

  @Example
  void mergesPointsOfOneShapeByTheirSamples() {
    GridLatencyModel model = fit(new CostPoint(0, 2, 2, 100, 3), new CostPoint(0, 2, 2, 200, 1));
    assertThat(model.medianNanos(0, 2, 2)).isEqualTo(125);
  }

  @Example
  void holdsTheEdgeBelowTheSmallestShape() {
    GridLatencyModel model = fit(point(4, 8, 100), point(8, 16, 200));
    assertThat(model.medianNanos(0, 1, 1)).isEqualTo(100);
  }

  @Example
  void continuesTheLastStepBeyondTheGrid() {
    GridLatencyModel model = fit(point(1, 1, 100), point(2, 1, 110), point(4, 1, 150));
    // The last step is 20 for each request, the mean over the axis 50 / 3.
    assertThat(model.medianNanos(0, 6, 1)).isEqualTo(190);
  }

  @Example
  void doesNotTakeAFlatEndForAFreeBatch() {
    GridLatencyModel model = fit(point(1, 1, 100), point(3, 1, 160), point(5, 1, 160));
    // Mean over the axis: 15 for each request.
    assertThat(model.medianNanos(0, 7, 1)).isEqualTo(190);
  }

  @Example
  void growsInProportionWhereAnAxisHasOneValue() {
    GridLatencyModel model = fit(point(4, 32, 100));
    assertThat(model.medianNanos(0, 8, 32)).isEqualTo(200);
    assertThat(model.medianNanos(0, 4, 64)).isEqualTo(200);
    assertThat(model.medianNanos(0, 8, 64)).isEqualTo(400);
  }

  @Example
  void fillsAGapBetweenItsNeighbours() {
    GridLatencyModel model = fit(point(1, 8, 100), point(1, 64, 300), point(8, 8, 400));
    // Nothing larger was measured than (8, 64): the fit, at least the larger neighbour.
    assertThat(model.medianNanos(0, 8, 64)).isBetween(400L, 2_400L);
    // A gap below a measured node may not raise it.
    GridLatencyModel diagonal = fit(point(1, 8, 100), point(8, 64, 120));
    assertThat(diagonal.medianNanos(0, 8, 8)).isBetween(100L, 120L);
    assertThat(diagonal.medianNanos(0, 8, 64)).isEqualTo(120);
  }

  @Example
  void saysWhichShapesWereMeasured() {
    GridLatencyModel model = fit(point(2, 8, 100), point(8, 64, 200));
    assertThat(model.covers(0, 2, 64)).isTrue();
    assertThat(model.covers(0, 1, 8)).isFalse();
    assertThat(model.covers(0, 9, 8)).isFalse();
    assertThat(model.covers(0, 2, 65)).isFalse();
    assertThat(model.covers(1, 2, 8)).isFalse();
  }

  @Example
  void isUnknownBetweenMeasuredVariants() {
    GridLatencyModel model = fit(new CostPoint(0, 1, 1, 5, 1), new CostPoint(2, 1, 1, 7, 1));
    assertThat(model.medianNanos(1, 1, 1)).isEqualTo(LatencyModel.UNKNOWN_NANOS);
  }

  @Property(tries = 300, seed = "11")
  void isTheEnvelopeAtEveryMeasuredShape(@ForAll("points") List<CostPoint> points) {
    GridLatencyModel model = GridLatencyModel.fit(points);
    for (CostPoint point : points) {
      double envelope = 0;
      for (CostPoint other : points) {
        if (other.variant() == point.variant()
            && other.batch() <= point.batch()
            && other.length() <= point.length()) {
          envelope = Math.max(envelope, mergedNanos(points, other));
        }
      }
      assertThat(model.medianNanos(point.variant(), point.batch(), point.length()))
          .isEqualTo((long) (envelope + 0.5));
    }
  }

  private static double mergedNanos(List<CostPoint> points, CostPoint shape) {
    double sum = 0;
    double samples = 0;
    for (CostPoint point : points) {
      if (point.variant() == shape.variant()
          && point.batch() == shape.batch()
          && point.length() == shape.length()) {
        sum += point.nanos() * point.samples();
        samples += point.samples();
      }
    }
    return sum / samples;
  }

  @Example
  void answersHugeShapesWithoutOverflow() {
    GridLatencyModel model = fit(point(1, 1, 1e15), point(2, 2, 3e15));
    assertThat(model.medianNanos(0, Integer.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(1L << 60);
  }
}
