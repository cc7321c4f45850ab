package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyGridTest {
  private static final List<CostPoint> SQUARE =
      List.of(point(1, 4, 100), point(1, 8, 200), point(2, 4, 160), point(2, 8, 320));

  @Test
  void returnsWhatWasMeasured() {
    LatencyModel grid = new LatencyGrid(SQUARE);

    assertThat(grid.medianNanos(0, 1, 8)).isEqualTo(200);
    assertThat(grid.medianNanos(0, 2, 4)).isEqualTo(160);
  }

  @Test
  void interpolatesBetweenLengths() {
    assertThat(new LatencyGrid(SQUARE).medianNanos(0, 1, 6)).isEqualTo(150);
  }

  @Test
  void takesTheEdgeBelowTheGridAndGrowsInProportionBeyondIt() {
    LatencyModel grid = new LatencyGrid(SQUARE);

    assertThat(grid.medianNanos(0, 1, 1)).isEqualTo(100);
    assertThat(grid.medianNanos(0, 4, 8)).isEqualTo(640);
    assertThat(grid.medianNanos(0, 2, 16)).isEqualTo(640);
  }

  @Test
  void extrapolatesShapesNobodyMeasured() {
    LatencyModel grid = new LatencyGrid(SQUARE.subList(0, 3));

    // From [1, 8] at twice the batch and from [2, 4] at twice the length: 400 and 320.
    assertThat(grid.medianNanos(0, 2, 8)).isEqualTo(400);
  }

  @Test
  void splitsTheDifferenceWhereTheCurveFalls() {
    LatencyModel grid = new LatencyGrid(List.of(point(1, 4, 100), point(2, 4, 80)));

    assertThat(grid.medianNanos(0, 1, 4)).isEqualTo(90);
    assertThat(grid.medianNanos(0, 2, 4)).isEqualTo(90);
  }

  @Test
  void neverFallsInBatchOrLength() {
    Random random = new Random(3);
    List<CostPoint> points = new ArrayList<>();
    for (int batch = 1; batch <= 16; batch *= 2) {
      for (int length = 4; length <= 64; length *= 2) {
        points.add(point(batch, length, (50 + batch * length) * (0.5 + random.nextDouble())));
      }
    }
    LatencyModel grid = new LatencyGrid(points);

    for (int batch = 1; batch <= 20; batch++) {
      for (int length = 1; length <= 80; length++) {
        long here = grid.medianNanos(0, batch, length);
        assertThat(grid.medianNanos(0, batch + 1, length)).isGreaterThanOrEqualTo(here);
        assertThat(grid.medianNanos(0, batch, length + 1)).isGreaterThanOrEqualTo(here);
      }
    }
  }

  @Test
  void knowsNothingOfOtherVariants() {
    assertThat(new LatencyGrid(SQUARE).medianNanos(1, 1, 4)).isEqualTo(LatencyModel.UNKNOWN_NANOS);
  }

  @Test
  void needsAPoint() {
    assertThatThrownBy(() -> new LatencyGrid(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a latency grid needs at least one point");
  }

  private static CostPoint point(int batch, int length, double nanos) {
    return new CostPoint(0, batch, length, nanos, 1);
  }
}
