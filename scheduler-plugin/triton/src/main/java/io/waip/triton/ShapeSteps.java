package io.waip.triton;

import java.util.stream.IntStream;

/** Batches or lengths at which a table is filled: four to each doubling, so that no step hides. */
final class ShapeSteps {
  private static final int STEPS_PER_DOUBLING = 4;

  private ShapeSteps() {}

  /** Returns 1 to 8, 10, 12, 14, 16, 20 and so on up to the last, which is among them. */
  static int[] upTo(int last) {
    IntStream.Builder steps = IntStream.builder();
    for (int n = 1; n < last; n += Math.max(1, Integer.highestOneBit(n) / STEPS_PER_DOUBLING)) {
      steps.add(n);
    }
    return steps.add(last).build().toArray();
  }
}
