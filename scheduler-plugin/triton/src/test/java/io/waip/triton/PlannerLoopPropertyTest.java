package io.waip.triton;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.triton.RandomFront.Reached;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever a front does, each request it submits gets exactly one decision. */
class PlannerLoopPropertyTest {
  private static final int SEEDS = 60;
  private static final int STEPS = 3000;

  @Test
  void everyRequestGetsExactlyOneDecision() {
    Map<Reached, Long> reached = RandomFront.nothingReached();
    for (int seed = 0; seed < SEEDS; seed++) {
      try (LoopBench bench = new LoopBench(Specs.spec(Specs.embed()))) {
        RandomFront front = new RandomFront(bench, seed, reached);
        for (int step = 0; step < STEPS; step++) {
          front.step();
        }
        front.finish();
        assertThat(bench.loop.figures().badRecords())
            .isLessThanOrEqualTo(reached.getOrDefault(Reached.GARBLED, 0L));
      }
    }
    System.out.println("figures: planner loop reached " + reached);
    assertThat(reached).containsOnlyKeys(Reached.values());
  }
}
