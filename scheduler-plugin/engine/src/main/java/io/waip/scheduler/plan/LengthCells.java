package io.waip.scheduler.plan;

import io.waip.api.deployment.Variant;
import io.waip.scheduler.state.Window;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Spans of length that predictions tell apart, and the length each batch is padded to.
 *
 * <p>With bucket edges a cell ends at each edge, and lengths are padded to the end of their cell.
 * The longest input of each variant is an edge too, and edges beyond the longest of all are left
 * out: so whatever a variant takes has an edge that the variant takes. Without bucket edges the
 * cells are equal spans, at most {@value #MAX_CELLS} of them, and lengths stay as they are.
 *
 * <p>Immutable. Reading allocates nothing and is O(log edges).
 */
public final class LengthCells {
  static final int MAX_CELLS = 512;

  private final int longest;
  private final int width;
  private final int count;
  private final int[] edges;

  /**
   * Divides the lengths of a service.
   *
   * @param bucketEdges ascending; empty for none
   */
  LengthCells(List<Variant> variants, List<Integer> bucketEdges) {
    longest = variants.stream().mapToInt(Variant::maxLength).max().orElseThrow();
    width = Math.ceilDiv(longest, MAX_CELLS);
    edges = bucketEdges.isEmpty() ? new int[0] : edges(variants, bucketEdges);
    count = edges.length == 0 ? Math.ceilDiv(longest, width) : edges.length;
  }

  private int[] edges(List<Variant> variants, List<Integer> bucketEdges) {
    IntStream within = bucketEdges.stream().mapToInt(edge -> edge).filter(edge -> edge < longest);
    return IntStream.concat(within, variants.stream().mapToInt(Variant::maxLength))
        .sorted()
        .distinct()
        .toArray();
  }

  /** Returns the number of cells, {@code >= 1}. */
  int count() {
    return count;
  }

  /** Returns the longest length of a cell. */
  int end(int cell) {
    return edges.length == 0 ? Math.min((cell + 1) * width, longest) : edges[cell];
  }

  /** Returns the cell of a length in {@code [1, longest length of the service]}. */
  int cell(int length) {
    if (edges.length == 0) {
      return (length - 1) / width;
    }
    int found = Arrays.binarySearch(edges, length);
    return found < 0 ? ~found : found;
  }

  /** Returns what a batch is padded to whose longest request has this length. */
  int padded(int length) {
    return edges.length == 0 ? length : edges[cell(length)];
  }

  /** Lets each request of a window count as long as it is once padded, until the next filling. */
  public void pad(Window window) {
    if (edges.length == 0) {
      return;
    }
    for (int i = 0; i < window.size(); i++) {
      window.pad(i, padded(window.length(i)));
    }
  }
}
