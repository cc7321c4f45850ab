package io.waip.replay.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.MeasurementReader;
import io.waip.api.measurement.MeasurementReaders;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import io.waip.api.measurement.Subject;
import io.waip.api.v1.DecisionRecord;
import io.waip.api.v1.Dispatch;
import io.waip.replay.drive.FixedSource;
import io.waip.replay.policy.Policy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedExecutionsReaderTest {
  private static final Subject MODEL = new Subject("model", Phase.WHOLE, "", 1, 0);

  @TempDir private Path folder;
  private final RecordedExecutionsReader reader = new RecordedExecutionsReader();

  private Path planted(DecisionRecord.Builder... records) {
    Path file = folder.resolve("planted.rec");
    try (OutputStream out = Files.newOutputStream(file)) {
      FrameWriter frames = new FrameWriter(out, Runs.setup(Policy.WAIP).toProto());
      for (DecisionRecord.Builder record : records) {
        frames.record(record);
      }
      frames.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private static DecisionRecord.Builder dispatch(long id, int length, Long... requests) {
    DecisionRecord.Builder record = DecisionRecord.newBuilder();
    record
        .getDispatchBuilder()
        .setDispatchId(id)
        .setPaddedLength(length)
        .setPredictedNanos(1)
        .addAllRequestIds(List.of(requests));
    return record;
  }

  private static DecisionRecord.Builder completion(long id, long nanos) {
    DecisionRecord.Builder record = DecisionRecord.newBuilder();
    record.getCompletionBuilder().setDispatchId(id).setExecutionNanos(nanos);
    return record;
  }

  private static DecisionRecord.Builder failure(long id) {
    DecisionRecord.Builder record = DecisionRecord.newBuilder();
    record.getFailureBuilder().setDispatchId(id);
    return record;
  }

  private static DecisionRecord.Builder loss() {
    DecisionRecord.Builder record = DecisionRecord.newBuilder();
    record.getLossBuilder().setRecords(1);
    return record;
  }

  private static Measurement measurement(
      Path file, int batch, int length, long nanos, int samples) {
    return new Measurement(
        MODEL,
        batch,
        length,
        nanos,
        OptionalDouble.empty(),
        samples,
        new Source(file.toString(), 0));
  }

  private void assertRefused(Path file, String what) {
    assertThatThrownBy(() -> reader.read(file))
        .isInstanceOf(MeasurementFormatException.class)
        .hasMessageStartingWith(file + ": " + what)
        .hasMessageContaining("; allowed: a whole file of records with executions; remedy: ");
  }

  /** One request takes 4.8 ms; two arrive while it runs and take 5.6 ms together. */
  @Test
  void takesTheTimesThatARunRecorded() {
    Path file =
        Runs.record(
            folder.resolve("run.rec"),
            Runs.setup(Policy.WAIP),
            new FixedSource(50 * Runs.MS, 0, Runs.MS, Runs.MS));
    assertThat(reader.read(file))
        .containsExactly(
            measurement(file, 1, 1, 4_800_000, 1), measurement(file, 2, 1, 5_600_000, 1));
  }

  @Test
  void theFormIsRecognisedByItsFirstBytes() throws IOException {
    Path file = planted(dispatch(1, 1, 1L), completion(1, 5));
    MeasurementReader found = MeasurementReaders.installed().forFile(file);
    assertThat(found.name()).isEqualTo("waip-records");
    assertThat(reader.recognises(file, "WAIPREC without its line feed")).isFalse();
  }

  @Test
  void executionsOfOneShapeAreOneMeasurement() {
    Path file =
        planted(
            dispatch(1, 64, 1L, 2L),
            dispatch(2, 32, 3L, 4L),
            completion(1, 50),
            dispatch(3, 64, 5L, 6L),
            completion(2, 20),
            completion(3, 70));
    assertThat(reader.read(file))
        .containsExactly(measurement(file, 2, 64, 50, 2), measurement(file, 2, 32, 20, 1));
  }

  @Test
  void whatFailedOrRanAtTheEndIsNotTaken() {
    Path file =
        planted(
            dispatch(1, 1, 1L),
            failure(1),
            dispatch(2, 1, 2L),
            completion(2, 9),
            dispatch(3, 1, 3L));
    assertThat(reader.read(file)).containsExactly(measurement(file, 1, 1, 9, 1));
  }

  @Test
  void aCompletionWhoseDispatchWasLostIsLeftOut() {
    Path file = planted(loss(), completion(7, 5), dispatch(8, 1, 1L), completion(8, 6));
    assertThat(reader.read(file)).containsExactly(measurement(file, 1, 1, 6, 1));
  }

  @Test
  void aCompletionOfNothingIsRefusedWhereNothingWasLost() {
    assertRefused(planted(completion(7, 5)), "record 1, before byte ");
    assertThatThrownBy(() -> reader.read(planted(completion(7, 5))))
        .hasMessageContaining("completion of dispatch 7 after 5 ns, which does not run");
  }

  @Test
  void anExecutionOfNoTimeOrNoShapeIsRefused() {
    assertThatThrownBy(() -> reader.read(planted(dispatch(1, 1, 1L), completion(1, 0))))
        .hasMessageContaining("completion of dispatch 1 after 0 ns, which is no time");
    assertThatThrownBy(() -> reader.read(planted(dispatch(1, 0, 1L))))
        .hasMessageContaining("dispatch 1 of variant 0, 1 requests, length 0");
    assertThatThrownBy(() -> reader.read(planted(dispatch(1, 1))))
        .hasMessageContaining("dispatch 1 of variant 0, 0 requests, length 1");
    DecisionRecord.Builder strange = DecisionRecord.newBuilder();
    strange.setDispatch(Dispatch.newBuilder().setVariant(5).setPaddedLength(1).addRequestIds(1));
    assertThatThrownBy(() -> reader.read(planted(strange)))
        .hasMessageContaining("dispatch 0 of variant 5, 1 requests, length 1");
  }

  @Test
  void aFileWithoutAnExecutionIsRefused() {
    assertRefused(planted(dispatch(1, 1, 1L)), "no execution completed in it");
  }

  @Test
  void aFileThatIsNotAsItWasWrittenIsRefused() throws IOException {
    Path file = planted(dispatch(1, 1, 1L), completion(1, 5));
    byte[] whole = Files.readAllBytes(file);
    whole[whole.length / 2] ^= 1;
    Files.write(file, whole);
    assertRefused(file, "record ");
  }
}
