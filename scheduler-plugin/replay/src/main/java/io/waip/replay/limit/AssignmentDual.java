package io.waip.replay.limit;

import io.waip.replay.trace.Workload;
import java.util.List;

/**
 * A bound for requests that any of several classes may serve, each at its own cost.
 *
 * <p><b>Problem.</b> With {@code z_{i,d}} the share of request i that class d serves, maximise
 * {@code sum z_{i,d}} such that {@code sum over d of z_{i,d} <= 1} and {@code y_{i,d} = w_{i,d}
 * z_{i,d}} is feasible for {@link Relaxation} on each class d.
 *
 * <p><b>Bound.</b> For any surpluses {@code lambda_i} in [0, 1], with R_d the optimum of class d's
 * relaxation alone,
 *
 * <pre>sum over i of lambda_i  +  sum over d of R_d(values 1 - lambda)</pre>
 *
 * <p>is no less than the optimum: {@code sum z_{i,d} = sum lambda_i z_{i,d} + sum (1 - lambda_i)
 * z_{i,d}}; the first is at most {@code sum lambda_i}, and the z of one class are feasible for its
 * relaxation. (Lagrangian relaxation; A. Geoffrion, Mathematical Programming Study 2, 1974.) Each
 * R_d is solved on the true windows, so the bound needs nothing of how the surpluses were found.
 * The least bound over all surpluses is the optimum; {@link TimePrices} finds surpluses near those.
 */
final class AssignmentDual {
  private static final double NEARLY_ONE = 1 - 1e-9;

  private AssignmentDual() {}

  /** Returns a bound close to the optimum. */
  static double value(Workload workload, List<ClassWorks> classes) {
    return bound(workload, classes, TimePrices.surpluses(workload, classes));
  }

  /**
   * Returns the bound for given surpluses.
   *
   * @param surpluses any numbers: what is no surplus counts as 0, what is nearly 1 or more as 1
   */
  static double bound(Workload workload, List<ClassWorks> classes, double[] surpluses) {
    double[] rest = new double[surpluses.length];
    double sum = 0;
    for (int i = 0; i < rest.length; i++) {
      double surplus = surpluses[i] > 0 ? surpluses[i] : 0;
      surplus = surplus > NEARLY_ONE ? 1 : surplus;
      sum += surplus;
      rest[i] = 1 - surplus;
    }
    return sum
        + classes.stream().mapToDouble(d -> Relaxation.of(workload, d, rest).optimum()).sum();
  }
}
