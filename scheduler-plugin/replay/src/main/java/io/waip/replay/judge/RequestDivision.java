package io.waip.replay.judge;

import java.util.Arrays;
import java.util.List;

/**
 * Divides each service's requests among cells in proportion to what these are planned to serve of
 * it: smooth weighted round-robin, each request to the cell that is furthest behind. Deterministic.
 */
final class RequestDivision {
  /** The cell of a request that no cell serves. */
  static final int NOWHERE = -1;

  private final double[][] weight;
  private final double[][] credit;
  private final double[] total;

  RequestDivision(List<Cell> cells, List<String> services) {
    weight = new double[services.size()][cells.size()];
    credit = new double[services.size()][cells.size()];
    total = new double[services.size()];
    for (int s = 0; s < services.size(); s++) {
      for (int c = 0; c < cells.size(); c++) {
        weight[s][c] = cells.get(c).plannedPerSecond(services.get(s));
      }
      total[s] = Arrays.stream(weight[s]).sum();
    }
  }

  /** Returns the cell of a service's next request, or {@link #NOWHERE}. */
  int next(int service) {
    if (total[service] == 0) {
      return NOWHERE;
    }
    double[] credits = credit[service];
    int furthest = 0;
    for (int c = 0; c < credits.length; c++) {
      credits[c] += weight[service][c];
      furthest = credits[c] > credits[furthest] ? c : furthest;
    }
    credits[furthest] -= total[service];
    return furthest;
  }
}
