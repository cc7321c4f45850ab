package io.waip.replay.explain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.record.Constraint;
import io.waip.replay.drive.FixedSource;
import io.waip.replay.explain.Explanation.EndpointChoice;
import io.waip.replay.explain.Explanation.EndpointRule;
import io.waip.replay.policy.Policy;
import io.waip.replay.records.RecordReader;
import io.waip.replay.records.Runs;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One worker, at most eight in a batch, 4 ms + 0.8 ms for each: request 0 runs alone from 0 to 4.8
 * ms, then the batch that formed behind it.
 */
class ExplainerTest {
  private static final Offset<Double> EXACT = within(1e-9);

  @TempDir private Path folder;

  private Optional<Explanation> explain(long id, long sloNanos, long... arrivals) {
    Path file = folder.resolve("run.rec");
    Runs.record(file, Runs.setup(Policy.WAIP), new FixedSource(sloNanos, arrivals));
    try (RecordReader reader = new RecordReader(file)) {
      return Explainer.explain(reader, id);
    }
  }

  @Test
  void tellsTheLifeOfARequestThatWaitedForABatch() {
    Explanation told = explain(2, 50 * Runs.MS, 0, Runs.MS, 2 * Runs.MS).orElseThrow();

    assertThat(told.service()).isEqualTo("service");
    assertThat(told.arrivedMs()).isEqualTo(2, EXACT);
    assertThat(told.deadlineAfterMs()).isEqualTo(50, EXACT);
    assertThat(told.admission().admitted()).isTrue();
    assertThat(told.admission().endpoints())
        .containsExactly(new EndpointChoice("worker-1", EndpointRule.NONE));
    assertThat(told.considered()).hasSize(1);
    assertThat(told.considered().getFirst().afterMs()).isEqualTo(2.8, EXACT);
    assertThat(told.considered().getFirst().lookedAt()).isEqualTo(2);
    assertThat(told.considered().getFirst().constraint()).isEqualTo(Constraint.NONE);
    Explanation.Execution ran = requireNonNull(told.execution());
    assertThat(ran.size()).isEqualTo(2);
    assertThat(ran.afterMs()).isEqualTo(2.8, EXACT);
    assertThat(ran.medianMs()).isEqualTo(5.6, EXACT);
    assertThat(ran.actualMs()).isEqualTo(5.6, EXACT);
    Explanation.BatchOption second = requireNonNull(ran.runnerUp());
    assertThat(second.size()).isEqualTo(1);
    Explanation.End end = requireNonNull(told.end());
    assertThat(end.outcome()).isEqualTo("COMPLETED");
    assertThat(end.afterMs()).isEqualTo(8.4, EXACT);
  }

  /** Ten wait for a batch of eight: two are left out of it, and looked at again after it. */
  @Test
  void tellsWhyARequestWasLeftOut() {
    long[] arrivals = new long[11];
    Arrays.fill(arrivals, 1, 11, Runs.MS);
    Explanation told = explain(10, 50 * Runs.MS, arrivals).orElseThrow();

    assertThat(told.considered())
        .extracting(Explanation.Look::constraint)
        .containsExactly(Constraint.MAX_BATCH, Constraint.NONE);
    assertThat(told.passedOver()).isZero();
  }

  @Test
  void tellsWhyARequestWasRefused() {
    Explanation told = explain(0, 4 * Runs.MS, 0, 1).orElseThrow();

    assertThat(told.admission().admitted()).isFalse();
    assertThat(told.considered()).isEmpty();
    assertThat(told.execution()).isNull();
    assertThat(told.end()).isEqualTo(new Explanation.End(0, "REJECTED", "PREDICTED_LATE", 0));
  }

  @Test
  void aRequestThatNeverArrivedHasNoExplanation() {
    assertThat(explain(3, 50 * Runs.MS, 0, 1)).isEmpty();
  }
}
