package io.waip.cost.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NonNegativeLeastSquaresTest {
  @Example
  void findsAnExactSolution() {
    // Columns (1, 1, 1) and (1, 2, 3) at x = (2, 0.5).
    double[] x =
        NonNegativeLeastSquares.solve(new double[][] {{3, 6}, {6, 14}}, new double[] {9, 19});

    assertThat(x).containsExactly(new double[] {2, 0.5}, within(1e-8));
  }

  @Example
  void leavesOutAColumnThatWouldBeNegative() {
    // Best without a bound is (3, -1); at x2 = 0 the best x1 is m1 / g11.
    double[] x =
        NonNegativeLeastSquares.solve(new double[][] {{2, 1}, {1, 2}}, new double[] {5, 1});

    assertThat(x).containsExactly(new double[] {2.5, 0}, within(1e-8));
  }

  @Example
  void sharesBetweenColumnsThatAreTheSame() {
    double[] x =
        NonNegativeLeastSquares.solve(new double[][] {{1, 1}, {1, 1}}, new double[] {4, 4});

    assertThat(x[0] + x[1]).isCloseTo(4, within(1e-6));
  }

  @Example
  void givesZeroWhereNothingHelps() {
    assertThat(NonNegativeLeastSquares.solve(new double[][] {{1}}, new double[] {-1}))
        .containsExactly(0);
    assertThat(NonNegativeLeastSquares.solve(new double[][] {{0}}, new double[] {0}))
        .containsExactly(0);
  }

  @Property(tries = 300, seed = "11")
  void isAtAnOptimum(
      @ForAll @IntRange(min = 1, max = 12) int columns,
      @ForAll @IntRange(min = 1, max = 20) int rows,
      @ForAll long seed) {
    Random random = new Random(seed);
    double[][] gram = new double[columns][columns];
    double[] moment = new double[columns];
    for (int r = 0; r < rows; r++) {
      double[] row = random.doubles(columns, 0.01, 1).toArray();
      for (int i = 0; i < columns; i++) {
        moment[i] += row[i] * random.nextDouble();
        for (int j = 0; j < columns; j++) {
          gram[i][j] += row[i] * row[j];
        }
      }
    }

    double[] x = NonNegativeLeastSquares.solve(gram, moment);

    for (int i = 0; i < columns; i++) {
      double gradient = moment[i] - Component.dot(gram[i], x);
      assertThat(x[i]).isNotNegative().isFinite();
      assertThat(gradient).isLessThan(1e-4);
      if (x[i] > 1e-6) {
        assertThat(gradient).isCloseTo(0, within(1e-4));
      }
    }
  }
}
