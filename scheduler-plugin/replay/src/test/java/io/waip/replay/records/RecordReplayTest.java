package io.waip.replay.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.replay.drive.FixedSource;
import io.waip.replay.policy.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordReplayTest {
  @TempDir private Path folder;

  private static FixedSource requests() {
    long[] arrivals = new long[200];
    Arrays.setAll(arrivals, i -> i * 700_000L);
    return new FixedSource(20 * Runs.MS, arrivals);
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void everyPolicyIsReproducedFromItsFileAlone(Policy policy) {
    Path file = Runs.record(folder.resolve("a.rec"), Runs.setup(policy), requests());

    Reproduction again = Runs.repeat(file);
    assertThat(again.divergence()).isEmpty();
    assertThat(again.records()).isEqualTo(Runs.verify(file));
    assertThat(again.decisions()).isGreaterThanOrEqualTo(200);
  }

  /** All requests have length 1. */
  @Test
  void bucketEdgesAreReproducedFromTheFileAlone() {
    RunSetup setup = Runs.withEdges(Runs.setup(Policy.WAIP), 16, 32);
    Path file = Runs.record(folder.resolve("a.rec"), setup, requests());

    Reproduction again = Runs.repeat(file);
    assertThat(again.divergence()).isEmpty();
    assertThat(again.records()).isEqualTo(Runs.verify(file));
    Divergence without = Runs.repeat(file, Runs.withEdges(setup)).divergence().orElseThrow();
    assertThat(without.difference())
        .isEqualTo(new Difference("consideration.runs[0].padded_length", "16", "1"));
  }

  @Test
  void theSameRunGivesTheSameBytes() {
    byte[] first =
        Runs.bytes(Runs.record(folder.resolve("a.rec"), Runs.setup(Policy.WAIP), requests()));

    assertThat(
            Runs.bytes(Runs.record(folder.resolve("b.rec"), Runs.setup(Policy.WAIP), requests())))
        .isEqualTo(first);
  }

  /** Record 0 is the arrival, 1 the screening, 2 the look: one request takes 4.8 ms, or 7.2 ms. */
  @Test
  void anotherMarginDivergesAtTheFirstPrediction() {
    RunSetup setup = Runs.setup(Policy.WAIP);
    Path file = Runs.record(folder.resolve("a.rec"), setup, new FixedSource(50 * Runs.MS, 0, 5));

    Divergence found = Runs.repeat(file, Runs.withMargin(setup, 1.5)).divergence().orElseThrow();
    assertThat(found)
        .isEqualTo(
            new Divergence(
                2,
                0,
                new Difference("consideration.runs[0].predicted_nanos", "4800000", "7200000")));
    assertThat(found.difference())
        .hasToString("consideration.runs[0].predicted_nanos: recorded 4800000, reproduced 7200000");
  }

  /** Without considerations the first difference is the batch itself: record 1. */
  @Test
  void anotherPolicyDivergesWhereItDecidesOtherwise() {
    RunSetup setup = Runs.setup(Policy.FIFO);
    Path file = Runs.record(folder.resolve("a.rec"), setup, requests());
    RunSetup other =
        new RunSetup(
            Policy.SYMPHONY,
            setup.deployment(),
            setup.plan(),
            setup.costs(),
            setup.engine(),
            setup.origin());

    Reproduction again = Runs.repeat(file, other);
    Divergence found = again.divergence().orElseThrow();
    assertThat(found.record()).isEqualTo(1);
    assertThat(again.records()).isEqualTo(1);
    assertThat(found.difference().field()).isEqualTo("kind");
    assertThat(found.difference().recorded()).isEqualTo("dispatch");
  }

  @Test
  void nothingCanBeReproducedBeyondALoss() throws IOException {
    Path file = folder.resolve("lossy.rec");
    RecordDecoder decoder = new RecordDecoder();
    try (var out = Files.newOutputStream(file)) {
      FrameWriter frames = new FrameWriter(out, Runs.setup(Policy.FIFO).toProto());
      RecordRing ring = new RecordRing(1 << 10, WhenFull.LOSE, () -> false);
      RecordEncoder encoder = new RecordEncoder(ring);
      for (int i = 0; i < 100; i++) {
        encoder.timer(i);
      }
      drain(ring, decoder, frames);
      encoder.timer(100);
      drain(ring, decoder, frames);
      frames.end();
      assertThat(frames.lost()).isPositive();
    }

    Divergence found = Runs.repeat(file).divergence().orElseThrow();
    assertThat(found.record()).isBetween(1L, 99L);
    assertThat(found.difference().field()).isEqualTo("loss");
    assertThat(found.difference().recorded())
        .isEqualTo((100 - found.record()) + " records that were lost");
  }

  private static void drain(RecordRing ring, RecordDecoder decoder, FrameWriter frames) {
    while (!ring.isEmpty()) {
      ring.read((type, buffer, index, length) -> {
        try {
          frames.record(decoder.decode(type, buffer, index));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    }
  }
}
