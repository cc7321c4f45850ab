package io.waip.api.agreement;

import java.nio.FloatBuffer;

/**
 * One output of a model for one request, padding left out.
 *
 * @param values {@code float32 [positions, width]}, row-major, from index 0 to the limit; read by
 *     index, so that the buffer's position does not matter and never moves
 * @param positions positions that are real, {@code >= 1}; 1 where the output has no length
 */
public record AnswerRow(FloatBuffer values, int positions) {
  /**
   * Checks that the positions are equally wide.
   *
   * @throws IllegalArgumentException if there is no position or no value, or they do not divide
   */
  public AnswerRow {
    if (positions < 1 || values.limit() == 0 || values.limit() % positions != 0) {
      throw new IllegalArgumentException(
          "%d values cannot be those of %d positions".formatted(values.limit(), positions));
    }
  }

  /** Returns the number of values, {@code >= 1}. */
  public int size() {
    return values.limit();
  }

  /** Returns the values of one position, {@code >= 1}. */
  public int width() {
    return values.limit() / positions;
  }

  /** Returns a value by its index over all positions. */
  public float value(int index) {
    return values.get(index);
  }

  /** Says whether another answer has as many positions of the same width. */
  public boolean isShapedLike(AnswerRow other) {
    return positions == other.positions && size() == other.size();
  }
}
