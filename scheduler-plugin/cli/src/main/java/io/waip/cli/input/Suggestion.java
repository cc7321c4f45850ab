package io.waip.cli.input;

import java.util.Collection;
import java.util.Locale;

/** The known word nearest to a mistyped one. */
public final class Suggestion {

  private Suggestion() {}

  /**
   * Names the known word nearest to {@code typed}, as {@code did you mean 'tenants'?}.
   *
   * @return the question, or an empty string when no word is near: at most a third of the longer
   *     word changed, at least one letter allowed
   */
  public static String didYouMean(String typed, Collection<String> known) {
    String nearest = "";
    int least = Integer.MAX_VALUE;
    for (String word : known) {
      int distance = editDistance(typed, word);
      if (distance < least && distance <= allowedDistance(typed, word)) {
        least = distance;
        nearest = word;
      }
    }
    return nearest.isEmpty() ? "" : "did you mean '" + nearest + "'?";
  }

  private static int allowedDistance(String a, String b) {
    return Math.max(1, Math.max(a.length(), b.length()) / 3);
  }

  /**
   * Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other;
   * case is ignored. Optimal string alignment distance: O(|a|·|b|).
   *
   * <p>Source: L. Boytsov, Indexing methods for approximate dictionary searching, ACM JEA, 2011,
   * section 2.1.
   */
  static int editDistance(String a, String b) {
    String left = a.toLowerCase(Locale.ROOT);
    String right = b.toLowerCase(Locale.ROOT);
    int[][] distance = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        distance[i][j] = i == 0 || j == 0 ? i + j : cell(distance, left, right, i, j);
      }
    }
    return distance[left.length()][right.length()];
  }

  private static int cell(int[][] distance, String a, String b, int i, int j) {
    int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best =
        Math.min(
            Math.min(distance[i - 1][j], distance[i][j - 1]) + 1,
            distance[i - 1][j - 1] + substitution);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
  }
}
