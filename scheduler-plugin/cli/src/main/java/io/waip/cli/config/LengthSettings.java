package io.waip.cli.config;

import java.util.List;
import java.util.Optional;

/**
 * How the length of a request is read, and whether unequal lengths may share a batch.
 *
 * @param input name of the input tensor whose shape holds the length
 * @param axis its axis that is the length, from 0 to 7, the batch axis counted
 * @param padding how shorter requests are filled up; empty when they must not be
 * @param bucketEdges ascending lengths that batches are padded to, {@code >= 1}; empty when the
 *     plan decides. Needs padding
 */
public record LengthSettings(
    String input, int axis, Optional<Padding> padding, List<Integer> bucketEdges) {

  /** Axis 0 is the batch, axis 1 the sequence. */
  public static final int DEFAULT_AXIS = 1;

  /** Copies the list. */
  public LengthSettings {
    bucketEdges = List.copyOf(bucketEdges);
  }

  /**
   * Filling up of shorter requests.
   *
   * @param value the value appended to the input
   * @param mask name of the input tensor that is 1 at real positions and 0 at padded ones
   * @param trim names of the outputs whose length axis is cut back to the real length
   */
  public record Padding(long value, String mask, List<String> trim) {

    /** Copies the list. */
    public Padding {
      trim = List.copyOf(trim);
    }
  }
}
