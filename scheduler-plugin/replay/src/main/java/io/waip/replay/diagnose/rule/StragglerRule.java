package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Change.Place;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.RecordFigures;
import io.waip.replay.diagnose.RecordFigures.EndpointFigures;
import io.waip.replay.diagnose.Remedy;
import java.util.List;
import java.util.Optional;

/** An endpoint takes longer for the same work than the others do. */
final class StragglerRule implements RecordRule {
  /** Endpoints of one kind differ by less. */
  private static final double LEAST_SLOWNESS = 1.3;

  /** Fewer executions are no figure of an endpoint. */
  private static final long LEAST_EXECUTIONS = 20;

  @Override
  public Cause cause() {
    return Cause.STRAGGLER;
  }

  @Override
  public Optional<Finding> judge(RecordFigures run) {
    List<EndpointFigures> known =
        run.endpoints().stream().filter(each -> each.executions() >= LEAST_EXECUTIONS).toList();
    if (known.size() < 2) {
      return Optional.empty();
    }
    double usual =
        known.stream()
            .mapToDouble(EndpointFigures::slowness)
            .sorted()
            .toArray()[(known.size() - 1) / 2];
    return known.stream()
        .filter(each -> each.slowness() >= LEAST_SLOWNESS * usual)
        .max((a, b) -> Double.compare(a.slowness(), b.slowness()))
        .map(each -> finding(run, each, usual));
  }

  private Finding finding(RecordFigures run, EndpointFigures slow, double usual) {
    double excess = slow.busyNanos() - slow.lawNanos() * usual;
    double perRequest = excess / Math.max(1, slow.executions()) * slow.requests();
    return new Finding(
        cause(),
        Confidence.HIGH,
        RunEvidence.explained(run, slow.name(), run.perRequest(perRequest)),
        List.of(
            RunEvidence.recorded(
                "endpoint '%s' takes %.2f times as long as the others for the same batches, in %d"
                    + " executions",
                slow.name(), slow.slowness() / usual, slow.executions())),
        Remedy.of(
            "drain '%s' and look for what slows it: another process, heat, a limit of its clock"
                .formatted(slow.name()),
            new Change(Place.DEPLOYMENT, slow.name(), "drain", "true")));
  }
}
