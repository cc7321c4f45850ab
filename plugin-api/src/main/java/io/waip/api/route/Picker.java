package io.waip.api.route;

/** Chooses among rated candidates. Single writer; allocates nothing; deterministic. */
public interface Picker {
  /** Chooses the highest score; the first of equal ones. */
  Picker MAX_SCORE =
      (scores, count, keep) -> {
        int best = -1;
        for (int i = 0; i < count; i++) {
          if ((keep >>> i & 1) != 0 && (best < 0 || scores[i] > scores[best])) {
            best = i;
          }
        }
        return best;
      };

  /**
   * Picks one candidate.
   *
   * @param scores one for each candidate
   * @param count number of candidates, at most 64
   * @param keep bit {@code i} set where candidate {@code i} may be picked
   * @return its position, or -1 if none may
   */
  int pick(double[] scores, int count, long keep);
}
