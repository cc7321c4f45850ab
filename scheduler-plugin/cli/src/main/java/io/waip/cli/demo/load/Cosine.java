package io.waip.cli.demo.load;

/** Cosine similarity of two vectors. */
public final class Cosine {
  private Cosine() {}

  /**
   * Returns the cosine of the angle between two vectors, {@code [-1, 1]}; NaN if one is zero.
   *
   * @throws IllegalArgumentException if their sizes differ
   */
  public static double of(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException("sizes differ: " + a.length + " and " + b.length);
    }
    double product = 0;
    double normA = 0;
    double normB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      normA += (double) a[i] * a[i];
      normB += (double) b[i] * b[i];
    }
    return product / Math.sqrt(normA * normB);
  }
}
