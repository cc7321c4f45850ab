package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SkylineMatrixTest {
  @Test
  void solvesWhatItMultiplies() {
    Random random = new Random(3);
    int n = 40;
    int[] first = new int[n];
    Arrays.setAll(first, i -> i - random.nextInt(Math.min(i, 9) + 1));
    double[][] full = new double[n][n];
    SkylineMatrix matrix = new SkylineMatrix(first);
    for (int i = 0; i < n; i++) {
      for (int j = first[i]; j <= i; j++) {
        double value = i == j ? 20 : random.nextDouble(-1, 1);
        full[i][j] = value;
        full[j][i] = value;
        matrix.add(j, i, value);
      }
    }
    double[] solution = random.doubles(n, -5, 5).toArray();
    double[] right = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        right[i] += full[i][j] * solution[j];
      }
    }
    matrix.factorise();
    matrix.solve(right);
    assertThat(right).containsExactly(solution, Offset.offset(1e-9));
  }

  @Test
  void leavesAnUnknownAtZeroThatRoundingHasLost() {
    SkylineMatrix matrix = new SkylineMatrix(new int[] {0, 0});
    matrix.add(0, 0, 1);
    matrix.add(1, 0, 1);
    matrix.add(1, 1, 1);
    matrix.factorise();
    double[] right = {2, 2};
    matrix.solve(right);
    assertThat(right).containsExactly(2, 0);
  }
}
