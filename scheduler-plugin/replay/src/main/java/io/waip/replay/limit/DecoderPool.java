package io.waip.replay.limit;

/**
 * Identical decoders that run steps one after another.
 *
 * <p>In a step each of up to {@code slots} sequences either prefills some of its prompt or decodes
 * one token. A sequence holds the blocks of all its tokens so far, those of the step included, from
 * its first step until it ends or is given up, after which it starts anew.
 *
 * @param devices number of decoders, {@code >= 1}
 * @param slots most sequences in a step, {@code >= 1}
 * @param blocks KV blocks of each decoder, {@code >= 1}
 * @param blockTokens tokens in a block, {@code >= 1}
 * @param step time of a step
 */
public record DecoderPool(int devices, int slots, int blocks, int blockTokens, StepCost step) {
  /**
   * Time of a step: {@code alpha + beta * prompt tokens + gamma * sequences that decode}.
   *
   * @param alphaNanos per step, {@code > 0}
   * @param betaNanos per prompt token, {@code >= 0}
   * @param gammaNanos per sequence that decodes, {@code >= 0}
   */
  public record StepCost(double alphaNanos, double betaNanos, double gammaNanos) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a part is negative, NaN or infinite, or alpha is 0
     */
    public StepCost {
      double sum = alphaNanos + betaNanos + gammaNanos;
      if (!(alphaNanos > 0 && betaNanos >= 0 && gammaNanos >= 0 && Double.isFinite(sum))) {
        throw new IllegalArgumentException(
            "a step needs alpha > 0, beta >= 0 and gamma >= 0, has %s, %s, %s ns"
                .formatted(alphaNanos, betaNanos, gammaNanos));
      }
    }

    /** Returns the least that one more sequence adds to a step, nanoseconds. */
    double leastOfASequence() {
      return Math.min(betaNanos, gammaNanos);
    }
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is below 1
   */
  public DecoderPool {
    if (devices < 1 || slots < 1 || blocks < 1 || blockTokens < 1) {
      throw new IllegalArgumentException(
          "devices, slots, blocks and block_tokens must be >= 1, are %d, %d, %d, %d"
              .formatted(devices, slots, blocks, blockTokens));
    }
  }

  /** Returns the blocks of a number of tokens. */
  long blocksOf(long tokens) {
    return (tokens + blockTokens - 1) / blockTokens;
  }
}
