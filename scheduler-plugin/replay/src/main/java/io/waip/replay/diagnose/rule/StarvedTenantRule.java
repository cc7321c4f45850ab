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

/** A tenant that asks for no more than its share is not served, because another asks for more. */
final class StarvedTenantRule implements RecordRule {
  /** An objective of the 99th percentile leaves one in a hundred; ten are no chance. */
  private static final double MOST_ATTAINMENT = 0.9;

  /** With more idle time than this the tenants do not contend. */
  private static final double LEAST_UTILISATION = 0.8;

  /** Fewer requests are no figure of a tenant. */
  private static final long LEAST_REQUESTS = 50;

  @Override
  public Cause cause() {
    return Cause.STARVED_TENANT;
  }

  @Override
  public Optional<Finding> judge(RecordFigures run) {
    if (run.utilisation() < LEAST_UTILISATION) {
      return Optional.empty();
    }
    Optional<TenantFigures> flooding =
        run.tenants().stream()
            .max(Comparator.comparingDouble(tenant -> asked(run, tenant) / entitled(run, tenant)))
            .filter(tenant -> asked(run, tenant) > entitled(run, tenant));
    return flooding.flatMap(other ->
        run.tenants().stream()
            .filter(tenant -> tenant.offered() >= LEAST_REQUESTS)
            .filter(tenant -> asked(run, tenant) <= entitled(run, tenant))
            .filter(tenant -> tenant.attainment() < MOST_ATTAINMENT)
            .min(Comparator.comparingDouble(TenantFigures::attainment))
            .map(starved -> finding(run, starved, other)));
  }

  private Finding finding(RecordFigures run, TenantFigures starved, TenantFigures flooding) {
    double rate =
        flooding.offered()
            * 1e9
            / run.times().window()
            * entitled(run, flooding)
            / asked(run, flooding);
    Remedy remedy =
        run.policy().equals(RunEvidence.PLANNER)
            ? Remedy.of(
                "limit the rate of '%s' to its share".formatted(flooding.name()),
                new Change(
                    Place.PLANNER_CONFIGURATION,
                    flooding.name(),
                    "tenants.rate",
                    ModelCase.text("%.0f/s", Math.max(1, rate))))
            : Remedy.of(
                "let the planner share by tenant: weights in tenants of its configuration",
                new Change(Place.PLANNER_CONFIGURATION, "", "policy", RunEvidence.PLANNER));
    return new Finding(
        cause(),
        Confidence.HIGH,
        Explained.lost(starved.name(), 1 - starved.attainment()),
        List.of(
            RunEvidence.recorded(
                "tenant '%s' is answered in time for %.0f %% of its %d requests, which need %.0f %%"
                    + " of the workers; its share is %.0f %%",
                starved.name(),
                100 * starved.attainment(),
                starved.offered(),
                100 * asked(run, starved),
                100 * entitled(run, starved)),
            RunEvidence.recorded(
                "tenant '%s' asks for %.0f %%; its share is %.0f %%",
                flooding.name(), 100 * asked(run, flooding), 100 * entitled(run, flooding))),
        remedy);
  }

  /** Returns the share of all workers' time that its requests would need at the run's mean. */
  private static double asked(RecordFigures run, TenantFigures tenant) {
    double available = (double) run.times().window() * run.endpoints().size();
    double each = run.counts().executed() == 0 ? 0 : run.times().busy() / run.counts().executed();
    return available == 0 ? 0 : tenant.offered() * each / available;
  }

  /** Returns its share by weight, {@code (0, 1]}. */
  private static double entitled(RecordFigures run, TenantFigures tenant) {
    return tenant.weight() / run.tenants().stream().mapToDouble(TenantFigures::weight).sum();
  }
}
