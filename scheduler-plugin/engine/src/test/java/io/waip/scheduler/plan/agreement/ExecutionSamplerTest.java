package io.waip.scheduler.plan.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExecutionSamplerTest {
  private static final int EXECUTIONS = 100_000;

  /** Returns how often each row of executions of a size is drawn. */
  private static int[] draws(double share, int rows) {
    ExecutionSampler sampler = new ExecutionSampler(7, share);
    int[] draws = new int[rows];
    for (int id = 0; id < EXECUTIONS; id++) {
      int row = sampler.row(id, rows);
      if (row != ExecutionSampler.NONE) {
        draws[row]++;
      }
    }
    return draws;
  }

  /** 1 % of 100,000 is 1,000 with a deviation of 31: four of them on each side. */
  @Test
  void everyAnswerIsDrawnWithTheSameChanceWhateverItsBatch() {
    for (int rows : new int[] {1, 4, 32}) {
      for (int drawn : draws(0.01, rows)) {
        assertThat(drawn).isCloseTo(1_000, within(126));
      }
    }
  }

  @Test
  void aShareOfOneDrawsOneRowOfEveryExecution() {
    int sum = 0;
    for (int drawn : draws(1, 4)) {
      assertThat(drawn).isCloseTo(25_000, within(550));
      sum += drawn;
    }
    assertThat(sum).isEqualTo(EXECUTIONS);
  }

  @Test
  void theDrawFollowsSeedAndExecutionAlone() {
    ExecutionSampler one = new ExecutionSampler(1, 0.5);
    ExecutionSampler same = new ExecutionSampler(1, 0.5);
    ExecutionSampler other = new ExecutionSampler(2, 0.5);
    int differing = 0;
    for (int id = 0; id < 1_000; id++) {
      assertThat(one.row(id, 3)).isEqualTo(same.row(id, 3));
      differing += one.row(id, 1) == other.row(id, 1) ? 0 : 1;
    }
    assertThat(differing).isBetween(400, 600);
  }

  @Test
  void refusesAShareThatIsNone() {
    assertThatThrownBy(() -> new ExecutionSampler(1, 0)).hasMessageContaining("(0, 1]");
    assertThatThrownBy(() -> new ExecutionSampler(1, 1.5)).hasMessageContaining("1.5");
  }
}
