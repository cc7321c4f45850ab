package io.waip.cost.fit;

import io.waip.api.measurement.Phase;
import io.waip.cost.fit.LawTerm.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A family of laws, one of which is fitted.
 *
 * <p>The <b>plain</b> form is {@code alpha + beta*b + gamma*b*L + delta*b*L^2}. A <b>spectrum</b>
 * is a constant and a roofline for each pair of a ridge and a tile size: a model is a sum of
 * operators, each flat below its own ridge and linear above (the sum is what remains of {@code
 * max(m, a + beta*b*L)} where operators differ), and a tensor core computes whole tiles, so that
 * times rise in steps. Which ridges and tiles matter the points decide through the coefficients.
 *
 * @param name by which files know it, unique within a phase
 * @param phase of the subject
 * @param terms of the law
 * @param periods tiles that the residual field looks through, tokens; 1 is none
 * @param handicap factor on its error when forms are weighed, below 1 for a form that is believed
 *     before anything is measured
 */
record LawForm(
    String name, Phase phase, List<LawTerm> terms, List<Integer> periods, double handicap) {
  /** No tiles. */
  private static final int SMOOTH = 1;

  /** Ridges in tokens; real ones lie between those of small CPUs and of the newest GPUs. */
  private static final int[] RIDGES = {0, 32, 64, 128, 256, 512, 1024};

  /**
   * Sets of tiles. Matrix kernels of NVIDIA's libraries compute tiles of 64, 128 or 256 rows
   * (NVIDIA, Matrix Multiplication Background User's Guide, 2023); small ones 32.
   */
  private static final int[][] PERIODS = {
    {SMOOTH}, {SMOOTH, 32, 64}, {SMOOTH, 64, 128}, {SMOOTH, 64, 128, 256}
  };

  /** The most common tiles. */
  private static final List<Integer> BELIEVED = List.of(SMOOTH, 64, 128);

  /** Chosen on the profiles of Vidur; see docs/cost-models.md. */
  private static final double BELIEVED_HANDICAP = 0.85;

  LawForm {
    terms = List.copyOf(terms);
    periods = List.copyOf(periods);
  }

  /** Returns the forms that are tried for a phase. */
  static List<LawForm> of(Phase phase) {
    List<LawForm> forms = new ArrayList<>();
    forms.add(plain(phase));
    for (int[] periods : PERIODS) {
      forms.add(spectrum(phase, Arrays.stream(periods).boxed().toList()));
    }
    return forms;
  }

  private static LawForm plain(Phase phase) {
    List<LawTerm> terms = new ArrayList<>();
    terms.add(LawTerm.of(Kind.CONSTANT));
    terms.add(LawTerm.of(Kind.REQUESTS));
    terms.add(LawTerm.of(Kind.ELEMENTS));
    if (phase != Phase.DECODE) {
      terms.add(LawTerm.of(Kind.SQUARES));
    }
    return new LawForm("plain", phase, terms, List.of(SMOOTH), 1);
  }

  private static LawForm spectrum(Phase phase, List<Integer> periods) {
    List<LawTerm> terms = new ArrayList<>();
    terms.add(LawTerm.of(Kind.CONSTANT));
    for (int period : periods) {
      for (int ridge : RIDGES) {
        terms.add(LawTerm.roofline(period, ridge));
      }
    }
    terms.add(LawTerm.of(phase == Phase.DECODE ? Kind.ELEMENTS : Kind.SQUARES));
    String name =
        "rooflines " + periods.stream().map(String::valueOf).collect(Collectors.joining(" "));
    double handicap = periods.equals(BELIEVED) ? BELIEVED_HANDICAP : 1;
    return new LawForm(name, phase, terms, periods, handicap);
  }

  /** Says whether the law has more freedom than few points can settle. */
  boolean isSpectrum() {
    return terms.stream().anyMatch(term -> term.kind() == Kind.ROOFLINE);
  }

  /** Returns the factor of each coefficient at a shape. */
  double[] factors(int batch, int length) {
    double[] factors = new double[terms.size()];
    for (int j = 0; j < factors.length; j++) {
      factors[j] = terms.get(j).at(phase, batch, length);
    }
    return factors;
  }
}
