package io.waip.replay.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

class RecordRingTest {
  private final List<String> read = new ArrayList<>();
  private final ExpandableArrayBuffer word = new ExpandableArrayBuffer(8);

  private void write(RecordRing ring, long time) {
    word.putLong(0, time);
    ring.message(MessageLayout.TIMER, word, 8);
  }

  private void drain(RecordRing ring) {
    while (!ring.isEmpty()) {
      ring.read((type, buffer, index, length) ->
          read.add(
              type == MessageLayout.LOST
                  ? "lost " + buffer.getLong(index + 8)
                  : "" + buffer.getLong(index)));
    }
  }

  @Test
  void aFullRingLosesAndCountsWhereItMayNotWait() {
    RecordRing ring = new RecordRing(256, WhenFull.LOSE, () -> false);
    for (int i = 0; i < 20; i++) {
      write(ring, i);
    }
    drain(ring);
    write(ring, 20);
    drain(ring);

    int kept = read.size() - 2;
    assertThat(kept).isBetween(10, 16);
    assertThat(read.subList(0, kept)).startsWith("0", "1").endsWith("" + (kept - 1));
    assertThat(read.subList(kept, kept + 2)).containsExactly("lost " + (20 - kept), "20");
  }

  @Test
  void whatWasLostLastIsToldAtTheEnd() {
    RecordRing ring = new RecordRing(256, WhenFull.LOSE, () -> false);
    for (int i = 0; i < 20; i++) {
      write(ring, i);
    }
    assertThat(ring.finish()).isFalse();
    drain(ring);
    assertThat(ring.finish()).isTrue();
    drain(ring);

    assertThat(read).endsWith("lost " + (20 - (read.size() - 1)));
  }

  @Test
  void aFullRingIsWaitedForWhereNothingMayBeLost() throws InterruptedException {
    RecordRing ring = new RecordRing(256, WhenFull.WAIT, () -> false);
    Thread scheduler =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; i < 1000; i++) {
                write(ring, i);
              }
            });
    while (read.size() < 1000) {
      drain(ring);
    }
    scheduler.join();

    assertThat(read).hasSize(1000).endsWith("998", "999");
  }

  @Test
  void nobodyWaitsForAReaderThatIsGone() {
    RecordRing ring = new RecordRing(256, WhenFull.WAIT, () -> true);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 17; i++) {
                write(ring, i);
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the writer of records has stopped");
  }
}
