package io.waip.nativebridge.rings;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Outcomes of the turn protocol among threads: a record is seen whole, once and in its producer's
 * order, or not at all.
 */
class RingStressTest {
  private static final int PRODUCERS = 3;
  private static final int RECORDS = 200_000;
  private static final long MIX = 0x9e3779b97f4a7c15L;

  /** A producer as the front's: many threads, one cursor that they raise by compare-and-set. */
  private static void produce(MemorySegment ring, AtomicLong cursor, int producer) {
    for (int i = 0; i < RECORDS; ) {
      long at = cursor.get();
      long cell = at % RingsAbi.CELLS * RingsAbi.SUBMIT_BYTES;
      long writable = at / RingsAbi.CELLS * 2;
      if (SharedMemory.acquireLong(ring, cell) == writable && cursor.compareAndSet(at, at + 1)) {
        write(ring, cell, producer, i);
        SharedMemory.releaseLong(ring, cell, writable + 1);
        i++;
      } else {
        Thread.onSpinWait();
      }
    }
  }

  private static void write(MemorySegment ring, long cell, int producer, int i) {
    SharedMemory.setInt(ring, cell + RingsAbi.SUBMIT_SLOT, producer);
    SharedMemory.setInt(ring, cell + RingsAbi.SUBMIT_GENERATION, i);
    SharedMemory.setLong(ring, cell + RingsAbi.SUBMIT_ARRIVAL, i * MIX);
    SharedMemory.setLong(ring, cell + RingsAbi.SUBMIT_MERGE_KEY, i * MIX + producer);
  }

  private static boolean isNext(SubmitReader reader, int[] next) {
    int producer = reader.slot();
    int i = reader.generation();
    return producer >= 0
        && producer < PRODUCERS
        && i == next[producer]++
        && reader.arrivalNanos() == i * MIX
        && reader.mergeKey() == i * MIX + producer;
  }

  private static MemorySegment submitRing(SharedMapping mapping) {
    return mapping
        .memory()
        .asSlice(
            RingsAbi.CHANNELS_OFFSET + (long) RingsAbi.SUBMIT_OFFSET,
            (long) RingsAbi.SUBMIT_BYTES * RingsAbi.CELLS);
  }

  @Test
  @Timeout(120)
  void everyRecordIsSeenWholeOnceAndInOrder() throws InterruptedException {
    try (SharedMapping mapping = SharedMapping.forRehearsal(1)) {
      MemorySegment ring = submitRing(mapping);
      AtomicLong cursor = new AtomicLong();
      List<Thread> threads = new ArrayList<>();
      for (int p = 0; p < PRODUCERS; p++) {
        int producer = p;
        threads.add(Thread.ofPlatform().start(() -> produce(ring, cursor, producer)));
      }
      SubmitReader reader = mapping.channels().get(0).submits();
      int[] next = new int[PRODUCERS];
      int wrong = 0;
      for (int seen = 0; seen < PRODUCERS * RECORDS; ) {
        if (reader.poll()) {
          seen++;
          wrong += isNext(reader, next) ? 0 : 1;
        } else {
          Thread.onSpinWait();
        }
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(wrong).isZero();
      assertThat(next).containsOnly(RECORDS);
      assertThat(reader.poll()).isFalse();
    }
  }

  /** A planted fault: the turn is raised before the record is written. */
  @Test
  void aRecordPublishedBeforeItIsWrittenIsFoundWrong() {
    try (SharedMapping mapping = SharedMapping.forRehearsal(1)) {
      MemorySegment ring = submitRing(mapping);
      SubmitReader reader = mapping.channels().get(0).submits();
      SharedMemory.releaseLong(ring, 0, 1);
      assertThat(reader.poll()).isTrue();
      write(ring, 0, 1, 0);
      assertThat(isNext(reader, new int[] {1, 0, 0})).isFalse();
    }
  }

  @Test
  @Timeout(60)
  void aSleeperIsWokenByEachHandOver() throws InterruptedException {
    int handOvers = 20_000;
    try (SharedMapping mapping = SharedMapping.forRehearsal(1)) {
      RehearsalFront front = new RehearsalFront(mapping, 0);
      ChannelView channel = mapping.channels().get(0);
      Thread planner =
          Thread.ofPlatform()
              .start(() -> {
                for (int seen = 0; seen < handOvers; ) {
                  mapping.announceSleep();
                  if (!channel.hasWork()) {
                    // Far longer than the test may take: a lost wake-up shows as a time-out.
                    mapping.sleep(Long.MAX_VALUE / 2);
                  }
                  mapping.announceAwake();
                  seen += channel.submits().poll() ? 1 : 0;
                }
              });
      for (int i = 0; i < handOvers; i++) {
        while (!front.hasRoom()) {
          Thread.onSpinWait();
        }
        front.request(i, 1).submit();
      }
      planner.join();
      assertThat(channel.hasWork()).isFalse();
    }
  }
}
