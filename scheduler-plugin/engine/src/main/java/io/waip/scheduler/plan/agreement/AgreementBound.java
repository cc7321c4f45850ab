package io.waip.scheduler.plan.agreement;

/**
 * A lower bound on the probability to agree that holds at every moment at once: whenever it is
 * read, and however the moment is chosen, the chance that it was ever above the truth is at most
 * {@code risk}.
 *
 * <p>The bound is the lowest probability under which what was seen is not {@code 1 / risk} times
 * less likely than under a mixture of all probabilities: a test martingale (Ville 1939), with the
 * mixture of Krichevsky and Trofimov (The Performance of Universal Encoding, IEEE Transactions on
 * Information Theory, 1981). Single writer.
 */
public final class AgreementBound {
  private static final int BISECTIONS = 60;

  private final double logLimit;
  private long agreed;
  private long differed;
  private double logMixture;

  /**
   * Begins without a sample; the bound is 0.
   *
   * @param risk chance that the bound is ever above the truth, {@code (0, 1)}
   * @throws IllegalArgumentException if it is out of range
   */
  public AgreementBound(double risk) {
    if (!(risk > 0 && risk < 1)) {
      throw new IllegalArgumentException("risk must be in (0, 1), is " + risk);
    }
    logLimit = -Math.log(risk);
  }

  /** Takes one comparison. */
  public void add(boolean agrees) {
    double alike = agrees ? agreed : differed;
    logMixture += Math.log((alike + 0.5) / (samples() + 1));
    if (agrees) {
      agreed++;
    } else {
      differed++;
    }
  }

  /** Returns the number of comparisons. */
  public long samples() {
    return agreed + differed;
  }

  /** Returns the comparisons that agreed. */
  public long agreed() {
    return agreed;
  }

  /** Returns the share that agreed, NaN without a sample. */
  public double share() {
    return (double) agreed / samples();
  }

  /** Returns the bound, {@code [0, 1]}; takes about {@value #BISECTIONS} logarithms. */
  public double lower() {
    if (agreed == 0) {
      return 0;
    }
    double refuted = 0;
    double possible = share();
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (refuted + possible) / 2;
      if (logMixture - logLikelihood(middle) >= logLimit) {
        refuted = middle;
      } else {
        possible = middle;
      }
    }
    return refuted;
  }

  private double logLikelihood(double probability) {
    double unlike = differed == 0 ? 0 : differed * Math.log1p(-probability);
    return agreed * Math.log(probability) + unlike;
  }
}
