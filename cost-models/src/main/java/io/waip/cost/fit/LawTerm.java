package io.waip.cost.fit;

import io.waip.api.measurement.Phase;

/**
 * One term of a law: what a nanosecond of coefficient is multiplied by.
 *
 * @param kind what it grows with
 * @param period tile of {@link Kind#ROOFLINE}, tokens {@code >= 1}; 0 for other kinds
 * @param ridge tokens below which a {@link Kind#ROOFLINE} is flat, {@code >= 0}
 */
record LawTerm(Kind kind, int period, int ridge) {
  /** What a term grows with. */
  enum Kind {
    /** Nothing. */
    CONSTANT,
    /** {@code batch}. */
    REQUESTS,
    /** {@code batch * length}: tokens of a prefill, context read by a decode. */
    ELEMENTS,
    /** {@code batch * length^2}: attention of a prefill. */
    SQUARES,
    /**
     * {@code sqrt(ridge^2 + t^2)}, {@code t} the work in tokens rounded up to whole periods: one
     * operator that waits for its weights at few tokens and computes at many, tile by tile.
     */
    ROOFLINE
  }

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if period or ridge is out of range for the kind
   */
  LawTerm {
    boolean roofline = kind == Kind.ROOFLINE;
    if (roofline ? period < 1 || ridge < 0 : period != 0 || ridge != 0) {
      throw new IllegalArgumentException(
          "a %s term has no period %d and ridge %d".formatted(kind, period, ridge));
    }
  }

  static LawTerm of(Kind kind) {
    return new LawTerm(kind, 0, 0);
  }

  static LawTerm roofline(int period, int ridge) {
    return new LawTerm(Kind.ROOFLINE, period, ridge);
  }

  /** Returns the factor of the coefficient at a shape, {@code > 0}. */
  double at(Phase phase, int batch, int length) {
    double elements = (double) batch * length;
    return switch (kind) {
      case CONSTANT -> 1;
      case REQUESTS -> batch;
      case ELEMENTS -> elements;
      case SQUARES -> elements * length;
      case ROOFLINE -> roofline(tiles(work(phase, batch, length), period));
    };
  }

  private double roofline(double tokens) {
    return Math.sqrt((double) ridge * ridge + tokens * tokens);
  }

  /** Returns the tokens an execution computes: one for each request of a decode. */
  static double work(Phase phase, int batch, int length) {
    return phase == Phase.DECODE ? batch : (double) batch * length;
  }

  /** Returns the work rounded up to whole tiles. */
  static double tiles(double work, int period) {
    return Math.ceil(work / period) * period;
  }
}
