package io.waip.api.resource;

import io.waip.api.Estimate;

/**
 * Memory that a variant takes on each of its devices.
 *
 * @param weightBytes its share of the weights
 * @param kvBytes its share of the cache of keys and values; 0 where there is none
 * @param workspaceBytes what an execution takes besides
 */
public record MemoryDemand(Figure weightBytes, Figure kvBytes, Figure workspaceBytes) {
  /**
   * Returns what a variant takes.
   *
   * @param sequences held at once, {@code >= 0}
   * @param tokens of each, {@code >= 0}
   * @throws IllegalArgumentException if a count is negative
   */
  public static MemoryDemand of(ModelFacts model, Sharing sharing, int sequences, int tokens) {
    if (sequences < 0 || tokens < 0) {
      throw new IllegalArgumentException(
          "sequences and tokens must be >= 0, are %d and %d".formatted(sequences, tokens));
    }
    Figure cache =
        Figure.of(sequences * sharing.kvBytes(model, tokens), 1, "shape of " + model.variant());
    return new MemoryDemand(
        model.weightBytes().times(1.0 / sharing.tensorParallel()), cache, model.workspaceBytes());
  }

  /** Returns the sum. */
  public Figure totalBytes() {
    return weightBytes.plus(kvBytes).plus(workspaceBytes);
  }

  /**
   * Returns how many sequences fit on devices of a kind beside weights and workspace.
   *
   * @param reservedShare of the memory that stays free, {@code [0, 1)}
   * @return a whole number {@code >= 0}; unknown where a part is, or sequences take no memory
   * @throws IllegalArgumentException if the share is out of range
   */
  public static Figure sequencesThatFit(
      ModelFacts model, Sharing sharing, int tokens, DeviceFacts device, double reservedShare) {
    if (!(reservedShare >= 0 && reservedShare < 1)) {
      throw new IllegalArgumentException("reserved share must be in [0, 1), is " + reservedShare);
    }
    double each = sharing.kvBytes(model, tokens);
    if (each == 0) {
      return Figure.unknown("kv shape of " + model.variant());
    }
    Figure fixed = of(model, sharing, 0, 0).totalBytes();
    Figure room = device.memoryBytes().times(1 - reservedShare).plus(fixed.times(-1));
    return room.isKnown()
        ? new Figure(
            Estimate.of(Math.max(0, Math.floor(room.value() / each)), room.estimate().confidence()),
            room.basis())
        : room;
  }

  /**
   * How memory is divided.
   *
   * @param tensorParallel devices that share one copy, {@code >= 1}
   * @param blockTokens tokens of a block of the cache, {@code >= 1}; a sequence takes whole blocks
   */
  public record Sharing(int tensorParallel, int blockTokens) {
    /** One device, a cache without blocks. */
    public static final Sharing NONE = new Sharing(1, 1);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is left
     */
    public Sharing {
      if (tensorParallel < 1 || blockTokens < 1) {
        throw new IllegalArgumentException(
            "tensor parallel and block tokens must be >= 1, are %d and %d"
                .formatted(tensorParallel, blockTokens));
      }
    }

    private double kvBytes(ModelFacts model, int tokens) {
      long blocks = (tokens + blockTokens - 1L) / blockTokens;
      return model
          .kv()
          .map(shape -> blocks * blockTokens * shape.bytesPerToken(tensorParallel))
          .orElse(0.0);
    }
  }
}
