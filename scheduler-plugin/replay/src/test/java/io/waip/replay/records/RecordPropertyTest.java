package io.waip.replay.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Outcome;
import io.waip.api.record.Constraint;
import io.waip.api.v1.DecisionRecord;
import io.waip.api.v1.RemovedVariants;
import io.waip.api.v1.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random runs with events of every kind, recorded and repeated. */
class RecordPropertyTest {
  private static final int RUNS = 150;
  private static final int PLANTED_RUNS = 40;

  /** The kinds of records that a run without loss can hold. */
  private static final Set<String> KINDS =
      Set.of(
          "arrival",
          "completion",
          "failure",
          "cancellation",
          "timer",
          "endpoint_change",
          "plan_change",
          "shutdown",
          "dispatch",
          "ending",
          "wake",
          "screening",
          "consideration");

  @TempDir private Path folder;

  private Path record(long seed) throws IOException {
    RandomRun run = new RandomRun(seed);
    Path file = folder.resolve(seed + ".rec");
    Files.deleteIfExists(file);
    try (DecisionLog log = DecisionLog.create(file, run.setup(), WhenFull.WAIT)) {
      run.drive(log.scheduler());
    }
    return file;
  }

  private static List<DecisionRecord> records(Path file) {
    List<DecisionRecord> records = new ArrayList<>();
    try (RecordReader reader = new RecordReader(file)) {
      Optional<DecisionRecord> next = reader.next();
      while (next.isPresent()) {
        records.add(next.get());
        next = reader.next();
      }
    }
    return records;
  }

  @Test
  void everyRunIsReproducedByteForByte() throws IOException {
    Set<String> reached = new TreeSet<>();
    for (long seed = 0; seed < RUNS; seed++) {
      Path file = record(seed);
      Reproduction again = Runs.repeat(file);
      assertThat(again.divergence()).as("seed %d", seed).isEmpty();
      List<DecisionRecord> records = records(file);
      assertThat(again.records()).isEqualTo(records.size());
      records.forEach(record -> reach(record, reached));
    }
    System.out.println("figures: records of random runs reached " + reached);
    assertThat(reached).containsAll(KINDS);
    assertThat(reached).containsAll(Stream.of(Outcome.values()).map(Enum::name).toList());
    assertThat(reached).containsAll(Stream.of(Constraint.values()).map(c -> "by " + c).toList());
  }

  private static void reach(DecisionRecord record, Set<String> reached) {
    reached.add(Difference.kind(record));
    if (record.hasEnding()) {
      reached.add(Outcome.values()[record.getEnding().getOutcome()].name());
    }
    if (record.hasConsideration()) {
      var look = record.getConsideration();
      for (byte constraint : look.getMemberConstraints().toByteArray()) {
        reached.add("by " + Constraint.of(constraint));
      }
      for (RemovedVariants removed : look.getRemovedList()) {
        reached.add("by " + Constraint.of(removed.getConstraint()));
      }
      for (Run run : look.getRunsList()) {
        reached.add("by " + Constraint.of(run.getLimit()));
      }
    }
  }

  /** The batch dispatched is the best of the look before it, with its members. */
  @Test
  void everyBatchIsTheBestOfItsLook() throws IOException {
    int batches = 0;
    for (long seed = 0; seed < PLANTED_RUNS; seed++) {
      List<DecisionRecord> records = records(record(seed));
      for (int i = 0; i < records.size(); i++) {
        if (records.get(i).hasDispatch()) {
          assertThat(hasLook(records, i)).as("seed %d, record %d", seed, i).isTrue();
          batches++;
        }
      }
    }
    assertThat(batches).isGreaterThan(1000);
  }

  private static boolean hasLook(List<DecisionRecord> records, int dispatch) {
    var batch = records.get(dispatch).getDispatch();
    for (int i = dispatch - 1; i >= 0 && !records.get(i).hasDispatch(); i--) {
      if (records.get(i).hasConsideration()) {
        var look = records.get(i).getConsideration();
        Run best = look.getRunsCount() == 0 ? Run.getDefaultInstance() : look.getRuns(0);
        if (best.getVariant() == batch.getVariant()
            && best.getSize() == batch.getRequestIdsCount()
            && best.getPaddedLength() == batch.getPaddedLength()
            && best.getPredictedNanos() == batch.getPredictedNanos()
            && chosen(look).equals(Set.copyOf(batch.getRequestIdsList()))) {
          return true;
        }
      }
    }
    return false;
  }

  private static Set<Long> chosen(io.waip.api.v1.Consideration look) {
    Set<Long> chosen = new TreeSet<>();
    long id = 0;
    for (int i = 0; i < look.getMemberIdDeltasCount(); i++) {
      id += look.getMemberIdDeltas(i);
      if (look.getMemberConstraints().byteAt(i) == Constraint.NONE.ordinal()) {
        chosen.add(id);
      }
    }
    return chosen;
  }

  /** A planted change: every record before the divergence is as recorded, the one there is not. */
  @Test
  void anotherMarginIsReportedAtTheFirstRecordItChanges() throws IOException {
    int diverged = 0;
    for (long seed = 0; seed < PLANTED_RUNS; seed++) {
      Path file = record(seed);
      RunSetup planted = Runs.withMargin(new RandomRun(seed).setup(), 1.7);
      Reproduction again = Runs.repeat(file, planted);
      List<DecisionRecord> records = records(file);
      int first = firstWithPrediction(records);
      if (first < 0 || isPlanChangedBefore(records, first)) {
        continue;
      }
      Divergence found = again.divergence().orElseThrow();
      assertThat(found.record()).as("seed %d", seed).isLessThanOrEqualTo(first);
      assertThat(again.records()).isEqualTo(found.record());
      diverged++;
    }
    assertThat(diverged).isGreaterThan(PLANTED_RUNS / 2);
  }

  private static boolean isPlanChangedBefore(List<DecisionRecord> records, int record) {
    return records.subList(0, record).stream().anyMatch(DecisionRecord::hasPlanChange);
  }

  private static int firstWithPrediction(List<DecisionRecord> records) {
    return IntStream.range(0, records.size())
        .filter(i -> records.get(i).getConsideration().getRunsCount() > 0)
        .findFirst()
        .orElse(-1);
  }

  @Test
  void recordingChangesNoDecision() throws IOException {
    for (long seed = 0; seed < PLANTED_RUNS; seed++) {
      RandomRun plain = new RandomRun(seed);
      List<DecisionRecord> unseen = new ArrayList<>();
      RecordDecoder decoder = new RecordDecoder();
      RecordEncoder encoder =
          new RecordEncoder(
              (type, buffer, length) -> unseen.add(decoder.decode(type, buffer, 0).build()));
      plain.drive(new RecordedScheduler(plain.setup().scheduler(), encoder));

      List<DecisionRecord> seen =
          records(record(seed)).stream()
              .filter(record -> !record.hasScreening() && !record.hasConsideration())
              .map(record -> record.toBuilder().clearSequence().build())
              .toList();
      assertThat(seen).as("seed %d", seed).isEqualTo(unseen);
    }
  }
}
