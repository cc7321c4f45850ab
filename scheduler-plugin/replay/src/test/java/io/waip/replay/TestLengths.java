package io.waip.replay;

import java.util.SplittableRandom;

/** Lengths made for tests, of one seed. */
final class TestLengths {
  private TestLengths() {}

  /** Returns lengths with this median and standard deviation of their logarithm. */
  static int[] logNormal(double median, double sigma, int longest, int count) {
    SplittableRandom random = new SplittableRandom(1);
    int[] lengths = new int[count];
    for (int i = 0; i < count; i++) {
      lengths[i] = (int) Math.clamp(median * Math.exp(sigma * random.nextGaussian()), 1, longest);
    }
    return lengths;
  }
}
