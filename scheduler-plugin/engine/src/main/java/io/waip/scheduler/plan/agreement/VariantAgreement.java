package io.waip.scheduler.plan.agreement;

/**
 * What is known of a variant's agreement with its reference by the size of the batch that an answer
 * came from: dynamic quantization takes its range over a whole batch, so int8 answers differ with
 * what they are batched with.
 *
 * <p>The bound for a mix of batch sizes is the mean of the bounds of their classes; one that was
 * never compared counts as 0, so that a plan cannot rely on batches nobody looked at. Single
 * writer.
 */
public final class VariantAgreement {
  /** First batch size of each class. */
  private static final int[] CLASS_FROM = {1, 2, 8, 32};

  /** Number of classes of batch sizes: 1, 2 to 7, 8 to 31, 32 and more. */
  public static final int CLASSES = CLASS_FROM.length;

  private final AgreementBound[] bounds = new AgreementBound[CLASSES];

  /**
   * Begins without a sample.
   *
   * @param risk chance that any bound is ever above the truth, {@code (0, 1)}
   * @throws IllegalArgumentException if it is out of range
   */
  public VariantAgreement(double risk) {
    for (int c = 0; c < CLASSES; c++) {
      bounds[c] = new AgreementBound(risk / CLASSES);
    }
  }

  /**
   * Returns the class of a batch size.
   *
   * @param batch {@code >= 1}
   * @throws IllegalArgumentException if it is below 1
   */
  public static int classOf(int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException("a batch has at least 1 request, not " + batch);
    }
    int found = 0;
    while (found + 1 < CLASSES && batch >= CLASS_FROM[found + 1]) {
      found++;
    }
    return found;
  }

  /**
   * Takes one comparison.
   *
   * @param batch size of the batch that the variant's answer came from, {@code >= 1}
   */
  public void add(int batch, boolean agrees) {
    bounds[classOf(batch)].add(agrees);
  }

  /** Returns the comparisons of a class. */
  public long samples(int batchClass) {
    return bounds[batchClass].samples();
  }

  /** Returns the comparisons of a class that agreed. */
  public long agreed(int batchClass) {
    return bounds[batchClass].agreed();
  }

  /** Returns the bound of a class alone, {@code [0, 1]}; 0 without a comparison. */
  public double lower(int batchClass) {
    return bounds[batchClass].lower();
  }

  /**
   * Returns the class that needs a comparison most: the one with the largest share of answers for
   * each comparison so far.
   *
   * @param shares of answers by class, at least one above 0
   */
  public int leastKnown(double[] shares) {
    int least = 0;
    for (int c = 1; c < CLASSES; c++) {
      if (shares[c] * (bounds[least].samples() + 1) > shares[least] * (bounds[c].samples() + 1)) {
        least = c;
      }
    }
    return least;
  }

  /**
   * Returns the lower bound of the mean quality for a mix of batch sizes.
   *
   * @param shares of answers by class, each {@code >= 0}, summing to 1
   * @return in {@code [0, 1]}
   */
  public double lower(double[] shares) {
    double lower = 0;
    for (int c = 0; c < CLASSES; c++) {
      lower += shares[c] * bounds[c].lower();
    }
    return lower;
  }
}
