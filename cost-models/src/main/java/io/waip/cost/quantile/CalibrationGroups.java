package io.waip.cost.quantile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Points that speak for a shape: those of its cell if they are enough, else those of its row, else
 * all. A cell is an octave of batch and an octave of length, a row an octave of batch.
 *
 * <p>The group depends on the shape alone, so within each group the points and the next one are
 * exchangeable (Vovk, Conditional Validity of Inductive Conformal Predictors, ACML 2012).
 */
public final class CalibrationGroups {
  /** A group of fewer points is no better than a larger one that is less alike. */
  private static final int LEAST_GROUP = 50;

  private final Map<Integer, int[]> cells;
  private final Map<Integer, int[]> rows;
  private final int[] all;

  /**
   * Takes the shapes of the points.
   *
   * @param batches of each point, {@code >= 1}
   * @param lengths of each point, {@code >= 1}; as many
   */
  public CalibrationGroups(int[] batches, int[] lengths) {
    cells = groups(IntStream.range(0, batches.length).map(i -> cell(batches[i], lengths[i])));
    rows = groups(IntStream.range(0, batches.length).map(i -> octave(batches[i])));
    all = IntStream.range(0, batches.length).toArray();
  }

  /**
   * Returns the indices of the points that speak for a shape; not to be changed.
   *
   * @param needed fewest points of use
   */
  public int[] around(int batch, int length, int needed) {
    int least = Math.max(LEAST_GROUP, needed);
    int[] cell = cells.getOrDefault(cell(batch, length), new int[0]);
    if (cell.length >= least) {
      return cell;
    }
    int[] row = rows.getOrDefault(octave(batch), new int[0]);
    return row.length >= least ? row : all;
  }

  private static Map<Integer, int[]> groups(IntStream keys) {
    Map<Integer, List<Integer>> members = new HashMap<>();
    int[] keyOf = keys.toArray();
    for (int i = 0; i < keyOf.length; i++) {
      members.computeIfAbsent(keyOf[i], key -> new ArrayList<>()).add(i);
    }
    Map<Integer, int[]> groups = new HashMap<>();
    members.forEach(
        (key, list) -> groups.put(key, list.stream().mapToInt(Integer::intValue).toArray()));
    return groups;
  }

  private static int cell(int batch, int length) {
    return octave(batch) * Integer.SIZE + octave(length);
  }

  private static int octave(int number) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(number);
  }
}
