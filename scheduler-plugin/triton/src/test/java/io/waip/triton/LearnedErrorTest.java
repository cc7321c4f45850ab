package io.waip.triton;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How far predictions are off that were learned from executions whose times deviate from the model
 * by up to 15 % in each cell, by a neighbour that makes them 1.3 times as long for some hundred
 * executions on end, by noise of 5 %, and by 40 % from half way on.
 */
class LearnedErrorTest {
  private static final int EXECUTIONS = 8000;
  private static final int PER_REFRESH = 100;
  private static final int SEEDS = 5;

  /** Mean error in percent of the second and the last quarter, and of 400 after the drift. */
  private record Errors(double steady, double drifting, double late) {}

  /** One run. */
  private static final class Run {
    private final Random random;
    private final double[] bias = new double[64];
    private final LearnedLatencyModel model = new LearnedLatencyModel(Specs.spec(Specs.embed()));
    private final double[] sum = new double[3];
    private final int[] count = new int[3];
    private boolean beside;

    Run(long seed) {
      random = new Random(seed);
      for (int i = 0; i < bias.length; i++) {
        bias[i] = 0.85 + 0.3 * random.nextDouble();
      }
      model.cover(new int[] {32, 32});
    }

    Errors errors() {
      for (int i = 0; i < EXECUTIONS; i++) {
        execute(i);
        if (i % PER_REFRESH == PER_REFRESH - 1) {
          model.refresh();
        }
      }
      return new Errors(100 * sum[0] / count[0], 100 * sum[1] / count[1], 100 * sum[2] / count[2]);
    }

    private void execute(int i) {
      beside ^= random.nextInt(200) == 0;
      int row = random.nextInt(6);
      int column = random.nextInt(6);
      int batch = 1 << row;
      int length = 8 << column;
      double nanos =
          (4e6 + 1e4 * batch * length)
              * bias[8 * row + column]
              * (beside ? 1.3 : 1)
              * (i >= EXECUTIONS / 2 ? 1.4 : 1)
              * Math.exp(0.05 * random.nextGaussian());
      count(i, Math.abs(model.medianNanos(0, batch, length) / nanos - 1));
      model.observe(0, batch, length, Math.round(nanos));
    }

    private void count(int i, double error) {
      int quarter = 4 * i / EXECUTIONS;
      int part = i >= EXECUTIONS / 2 && i < EXECUTIONS / 2 + 400 ? 1 : quarter == 3 ? 2 : 0;
      if (quarter > 0 && (quarter != 2 || part == 1)) {
        sum[part] += error;
        count[part]++;
      }
    }
  }

  @Test
  void followsShapesNeighboursAndDrift() {
    double steady = 0;
    double drifting = 0;
    double late = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Errors errors = new Run(seed).errors();
      steady += errors.steady() / SEEDS;
      drifting += errors.drifting() / SEEDS;
      late += errors.late() / SEEDS;
    }
    System.out.printf(
        Locale.ROOT,
        "figures: learned predictions: mean error %.2f %%, %.2f %% in 400 executions of drift, %.2f"
            + " %% after it%n",
        steady,
        drifting,
        late);
    // Uncorrected: 17 %, 38 % and 35 %.
    assertThat(steady).isLessThan(11);
    assertThat(drifting).isLessThan(17);
    assertThat(late).isLessThan(11);
  }
}
