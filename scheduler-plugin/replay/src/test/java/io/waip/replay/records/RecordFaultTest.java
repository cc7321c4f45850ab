package io.waip.replay.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.replay.drive.FixedSource;
import io.waip.replay.policy.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every fault planted into a small file is found. */
class RecordFaultTest {
  @TempDir private Path folder;
  private byte[] whole = {};

  @BeforeEach
  void record() {
    Path file = folder.resolve("whole.rec");
    Runs.record(file, Runs.setup(Policy.WAIP), new FixedSource(50 * Runs.MS, 0, Runs.MS, Runs.MS));
    whole = Runs.bytes(file);
  }

  private Path file(byte[] content) {
    try {
      return Files.write(folder.resolve("planted.rec"), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long goodRecords(byte[] content) {
    try {
      Runs.verify(file(content));
      return -1;
    } catch (RecordFormatException e) {
      assertThat(e).hasMessageContaining("planted.rec: record ").hasMessageContaining("byte ");
      return e.goodRecords();
    }
  }

  /** Offsets of the frames and the end of the last. */
  private List<Integer> frames() {
    List<Integer> starts = new ArrayList<>();
    int at = ChainHash.MAGIC.length;
    while (at < whole.length) {
      starts.add(at);
      int payload = ByteBuffer.wrap(whole, at, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
      at += ChainHash.LENGTH_BYTES + payload + ChainHash.TAG_BYTES;
    }
    starts.add(at);
    return starts;
  }

  private byte[] joined(List<byte[]> parts) {
    ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(all::put);
    return all.array();
  }

  private List<byte[]> parts() {
    List<Integer> starts = frames();
    List<byte[]> parts = new ArrayList<>();
    parts.add(Arrays.copyOf(whole, starts.getFirst()));
    for (int i = 1; i < starts.size(); i++) {
      parts.add(Arrays.copyOfRange(whole, starts.get(i - 1), starts.get(i)));
    }
    return parts;
  }

  @Test
  void theWholeFileIsFoundWhole() {
    // 3 arrivals, 3 screenings, 2 considerations, 2 dispatches, 2 completions, 3 ends, 1 shutdown,
    // and the timers asked for between them.
    assertThat(Runs.verify(file(whole))).isBetween(16L, 24L);
  }

  @Test
  void everyFlippedByteIsFound() {
    for (int i = 0; i < whole.length; i++) {
      for (int mask : new int[] {0x01, 0x80, 0xFF}) {
        byte[] flipped = whole.clone();
        flipped[i] ^= (byte) mask;
        assertThat(goodRecords(flipped)).as("byte %d ^ %d", i, mask).isNotNegative();
      }
    }
  }

  @Test
  void aFlippedByteIsFoundInItsRecord() {
    List<Integer> starts = frames();
    for (int frame = 1; frame < starts.size() - 2; frame++) {
      byte[] flipped = whole.clone();
      flipped[starts.get(frame) + ChainHash.LENGTH_BYTES] ^= 0x20;
      assertThat(goodRecords(flipped)).isEqualTo(frame - 1);
    }
  }

  @Test
  void everyMissingTailIsFound() {
    for (int length = 0; length < whole.length; length++) {
      assertThat(goodRecords(Arrays.copyOf(whole, length))).as("%d bytes", length).isNotNegative();
    }
  }

  @Test
  void aTailThatEndsBetweenRecordsIsFound() {
    byte[] cut = Arrays.copyOf(whole, frames().get(4));
    assertThatThrownBy(() -> Runs.verify(file(cut)))
        .hasMessageContaining("record 3")
        .hasMessageContaining("its tail is missing, or its writer was stopped");
  }

  @Test
  void everyRemovedRecordIsFound() {
    for (int i = 1; i < parts().size() - 1; i++) {
      List<byte[]> parts = parts();
      parts.remove(i);
      assertThat(goodRecords(joined(parts))).as("frame %d", i).isEqualTo(Math.max(0, i - 2));
    }
  }

  @Test
  void everySwappedPairIsFound() {
    for (int i = 2; i < parts().size() - 1; i++) {
      List<byte[]> parts = parts();
      if (Arrays.equals(parts.get(i), parts.get(i - 1))) {
        continue;
      }
      parts.add(i - 1, parts.remove(i));
      assertThat(goodRecords(joined(parts))).as("frame %d", i).isNotNegative();
    }
  }

  @Test
  void whatFollowsTheEndIsFound() {
    assertThatThrownBy(() -> Runs.verify(file(Arrays.copyOf(whole, whole.length + 3))))
        .hasMessageContaining("3 bytes follow its end");
  }

  @Test
  void anotherFormatIsNamed() {
    RunSetup setup = Runs.setup(Policy.WAIP);
    Path file = folder.resolve("next.rec");
    try (var out = Files.newOutputStream(file)) {
      new FrameWriter(out, setup.toProto().toBuilder().setFormatVersion(2).build()).end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThatThrownBy(() -> Runs.verify(file))
        .hasMessageContaining("format 2; this version reads format 1");
  }

  @Test
  void aFileOfSomethingElseIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("trace.csv"), "arrival_ms\n1\n2\n3\n");
    assertThatThrownBy(() -> Runs.verify(text))
        .hasMessageContaining("it does not begin as a file of records");
    assertThatThrownBy(() -> Runs.verify(folder.resolve("none.rec")))
        .hasMessageContaining("none.rec: no such file");
  }

  @Test
  void checkpointsInBetweenAreCheckedAndPassedOver() {
    long[] arrivals = new long[4000];
    Arrays.setAll(arrivals, i -> i * Runs.MS);
    Path file = folder.resolve("long.rec");
    Runs.record(file, Runs.setup(Policy.FIFO), new FixedSource(50 * Runs.MS, arrivals));
    assertThat(Runs.verify(file)).isGreaterThan(2L * FrameWriter.CHECKPOINT_RECORDS);
  }
}
