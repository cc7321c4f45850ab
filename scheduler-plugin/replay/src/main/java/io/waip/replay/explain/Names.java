package io.waip.replay.explain;

import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Variant;
import io.waip.api.record.Constraint;
import io.waip.api.v1.Consideration;
import io.waip.api.v1.RemovedVariants;
import io.waip.api.v1.Run;
import java.util.ArrayList;
import java.util.List;

/** Names and figures for the indices and nanoseconds of records. Immutable. */
final class Names {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Deployment deployment;
  private final List<Variant> variants;

  Names(Deployment deployment) {
    this.deployment = deployment;
    variants = deployment.variants();
  }

  String service(int index) {
    return deployment.services().get(index).name();
  }

  String tenant(int index) {
    return deployment.tenants().get(index).name();
  }

  String endpoint(int index) {
    return deployment.endpoints().get(index).name();
  }

  String variant(int index) {
    return variants.get(index).model();
  }

  List<Explanation.RemovedVariant> removed(Consideration look) {
    List<Explanation.RemovedVariant> removed = new ArrayList<>();
    for (RemovedVariants some : look.getRemovedList()) {
      for (long rest = some.getVariants(); rest != 0; rest &= rest - 1) {
        removed.add(
            new Explanation.RemovedVariant(
                variant(Long.numberOfTrailingZeros(rest)), Constraint.of(some.getConstraint())));
      }
    }
    return removed;
  }

  Explanation.BatchOption option(Run run) {
    return new Explanation.BatchOption(
        variant(run.getVariant()),
        run.getSize(),
        run.getPaddedLength(),
        run.getPredictedNanos() / NANOS_PER_MILLI,
        run.getMedianNanos() / NANOS_PER_MILLI,
        run.getScore(),
        Constraint.of(run.getLimit()));
  }
}
