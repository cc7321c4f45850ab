package io.waip.replay.tune;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One round of successive halving: every candidate is scored, the best quarter stays. After
 * Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization",
 * AISTATS 2016.
 *
 * @param kept those that stay, best first; of equals the earlier one
 * @param candidates how many were scored
 * @param bestScore of the first that stays
 */
public record HalvingRound<S>(List<S> kept, int candidates, double bestScore) {
  private static final int KEEP_ONE_OF = 4;

  private record Scored<S>(S candidate, double score) {}

  /** Copies the list. */
  public HalvingRound {
    kept = List.copyOf(kept);
  }

  /**
   * Scores a field, with as many threads as the machine has.
   *
   * @param field at least one candidate
   * @param score the higher the better; called from several threads
   * @param least how many stay at least, {@code >= 1}; with 1 only the best does
   */
  public static <S> HalvingRound<S> of(List<S> field, ToDoubleFunction<S> score, int least) {
    List<Scored<S>> best =
        field.parallelStream()
            .map(candidate -> new Scored<>(candidate, score.applyAsDouble(candidate)))
            .sorted(Comparator.<Scored<S>>comparingDouble(Scored::score).reversed())
            .limit(least == 1 ? 1 : Math.max(least, field.size() / KEEP_ONE_OF))
            .toList();
    return new HalvingRound<>(
        best.stream().map(Scored::candidate).toList(), field.size(), best.getFirst().score());
  }
}
