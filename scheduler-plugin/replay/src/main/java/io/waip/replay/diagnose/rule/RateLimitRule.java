package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Change.Place;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Explained;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.RecordFigures;
import io.waip.replay.diagnose.RecordFigures.TenantFigures;
import io.waip.replay.diagnose.Remedy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A tenant's requests are refused by its rate while workers have time for them. */
final class RateLimitRule implements RecordRule {
  /** What chance bursts above a rate that fits are refused. */
  private static final double LEAST_REFUSED = 0.05;

  /** Who waits longer than this many executions waits for others: then the limit protects them. */
  private static final double MOST_WAIT_EXECUTIONS = 1;

  /** A rate above the mean demand, so that bursts pass. */
  private static final double HEADROOM = 1.5;

  @Override
  public Cause cause() {
    return Cause.RATE_LIMIT;
  }

  @Override
  public Optional<Finding> judge(RecordFigures run) {
    return run.tenants().stream()
        .filter(tenant -> refused(tenant) >= LEAST_REFUSED)
        .filter(tenant -> waitedExecutions(run) <= MOST_WAIT_EXECUTIONS)
        .max(Comparator.comparingDouble(RateLimitRule::refused))
        .map(tenant -> finding(run, tenant));
  }

  private Finding finding(RecordFigures run, TenantFigures tenant) {
    double demand = tenant.offered() * 1e9 / Math.max(1, run.times().window());
    String rate = ModelCase.text("%.0f/s", Math.max(1, Math.ceil(HEADROOM * demand)));
    return new Finding(
        cause(),
        Confidence.HIGH,
        Explained.lost(tenant.name(), refused(tenant)),
        List.of(
            RunEvidence.recorded(
                "%.0f %% of the %d requests of tenant '%s' are refused: its rate is %.4g/s, it"
                    + " sends %.4g/s",
                100 * refused(tenant),
                tenant.offered(),
                tenant.name(),
                tenant.ratePerSecond(),
                demand),
            RunEvidence.recorded(
                "those that run wait for only %.1f executions", waitedExecutions(run))),
        Remedy.of(
            "raise the rate of '%s'".formatted(tenant.name()),
            new Change(Place.PLANNER_CONFIGURATION, tenant.name(), "tenants.rate", rate)));
  }

  private static double waitedExecutions(RecordFigures run) {
    double executed = run.times().executed();
    return executed == 0 ? 0 : run.times().waited() / executed;
  }

  private static double refused(TenantFigures tenant) {
    return tenant.offered() == 0 ? 0 : (double) tenant.ends().rateLimited() / tenant.offered();
  }
}
