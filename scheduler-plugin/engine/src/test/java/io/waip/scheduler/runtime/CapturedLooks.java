package io.waip.scheduler.runtime;

import io.waip.api.record.Consideration;
import io.waip.api.record.Constraint;
import io.waip.api.record.DecisionRecorder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps a copy of all that a recorder is told. */
final class CapturedLooks implements DecisionRecorder {
  record Screened(long requestId, long permitted, long up) {}

  record Run(
      int variant,
      int size,
      int padded,
      long predicted,
      long median,
      double score,
      Constraint limit) {}

  record Look(
      int endpoint,
      Map<Constraint, Long> removed,
      long deferredUntil,
      List<Run> runs,
      Map<Long, Constraint> members) {}

  final List<Screened> screened = new ArrayList<>();
  final List<Look> looks = new ArrayList<>();

  @Override
  public void screened(long requestId, long permitted, long up) {
    screened.add(new Screened(requestId, permitted, up));
  }

  @Override
  public void considered(Consideration told) {
    Map<Constraint, Long> removed = new LinkedHashMap<>();
    for (Constraint constraint : Constraint.values()) {
      if (told.removedVariants(constraint) != 0) {
        removed.put(constraint, told.removedVariants(constraint));
      }
    }
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < told.runs(); i++) {
      runs.add(
          new Run(
              told.runVariant(i),
              told.runSize(i),
              told.runPaddedLength(i),
              told.runPredictedNanos(i),
              told.runMedianNanos(i),
              told.runScore(i),
              told.runLimit(i)));
    }
    Map<Long, Constraint> members = new LinkedHashMap<>();
    for (int i = 0; i < told.members(); i++) {
      members.put(told.memberId(i), told.memberConstraint(i));
    }
    looks.add(new Look(told.endpoint(), removed, told.deferredUntilNanos(), runs, members));
  }

  Look last() {
    return looks.getLast();
  }
}
