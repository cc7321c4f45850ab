package io.waip.nativebridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowSlabTest {
  private final RowSlab slab = RowSlab.allocate(ElementType.INT64, 1, 3, 4);

  @AfterEach
  void free() {
    slab.close();
  }

  @Test
  void readsBackWhatWasWritten() {
    int slot = slab.acquire();
    slab.write(slot, new long[] {9, 1, 2, 3}, 1, 3);
    assertThat(slab.length(slot)).isEqualTo(3);
    long[] found = new long[5];
    assertThat(slab.read(slot, found, 1)).isEqualTo(3);
    assertThat(found).containsExactly(0, 1, 2, 3, 0);
    assertThat(slab.buffer().longs().get(slab.offset(slot) + 2)).isEqualTo(3);
  }

  @Test
  void keepsSeveralElementsPerPosition() {
    try (RowSlab vectors = RowSlab.allocate(ElementType.FLOAT32, 3, 2, 2)) {
      int first = vectors.acquire();
      int second = vectors.acquire();
      vectors.write(first, new float[] {1, 2, 3, 4, 5, 6}, 0, 2);
      vectors.write(second, new float[] {0, 7, 8, 9}, 1, 1);
      float[] found = new float[6];
      assertThat(vectors.read(first, found, 0)).isEqualTo(6);
      assertThat(found).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(vectors.read(second, found, 3)).isEqualTo(3);
      assertThat(found).containsExactly(1, 2, 3, 7, 8, 9);
      assertThat(Math.abs(vectors.offset(first) - vectors.offset(second))).isEqualTo(6);
    }
  }

  @Test
  void givesEachSlotOnceThenNone() {
    Set<Integer> slots = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      slots.add(slab.acquire());
    }
    assertThat(slots).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(slab.acquire()).isEqualTo(RowSlab.NONE);
    assertThat(slab.held()).isEqualTo(3);
  }

  @Test
  void givesAReleasedSlotAgainWithoutItsOldLength() {
    int slot = slab.acquire();
    slab.write(slot, new long[] {5}, 0, 1);
    slab.release(slot);
    assertThat(slab.held()).isZero();
    assertThat(slab.acquire()).isEqualTo(slot);
    assertThat(slab.length(slot)).isZero();
  }

  @Test
  void refusesSlotsThatAreNotHeld() {
    int slot = slab.acquire();
    slab.release(slot);
    assertThatIllegalStateException().isThrownBy(() -> slab.release(slot));
    assertThatIllegalStateException().isThrownBy(() -> slab.release(RowSlab.NONE));
    assertThatIllegalStateException().isThrownBy(() -> slab.release(3));
    assertThatIllegalStateException().isThrownBy(() -> slab.length(slot));
    assertThatIllegalStateException().isThrownBy(() -> slab.resize(slot, 1));
    assertThatIllegalStateException().isThrownBy(() -> slab.write(slot, new long[1], 0, 1));
    assertThatIllegalStateException().isThrownBy(() -> slab.read(slot, new long[1], 0));
  }

  @Test
  void refusesRowsThatDoNotFitAndKeepsTheOldOne() {
    int slot = slab.acquire();
    slab.write(slot, new long[] {5, 6}, 0, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> slab.write(slot, new long[8], 0, 5))
        .withMessageContaining("a slot holds 0 to 4");
    assertThatIllegalArgumentException().isThrownBy(() -> slab.resize(slot, -1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> slab.write(slot, new long[2], 1, 2));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> slab.read(slot, new long[2], 1));
    long[] found = new long[2];
    slab.read(slot, found, 0);
    assertThat(found).containsExactly(5, 6);
  }

  @Test
  void refusesElementsOfAnotherType() {
    int slot = slab.acquire();
    assertThatIllegalStateException().isThrownBy(() -> slab.write(slot, new float[1], 0, 1));
    assertThatIllegalStateException().isThrownBy(() -> slab.read(slot, new float[1], 0));
  }

  @Test
  void refusesSizesOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowSlab.allocate(ElementType.INT8, 0, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowSlab.allocate(ElementType.INT8, 1, 0, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowSlab.allocate(ElementType.INT8, 1, 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowSlab.allocate(ElementType.INT64, 1, 1 << 20, 1 << 10));
    int max = Integer.MAX_VALUE;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowSlab.allocate(ElementType.INT64, max, max, max));
  }

  /** Random takes and returns against a plain set; reaches both the full and the empty slab. */
  @Test
  void agreesWithASetOfSlots() {
    Random random = new Random(20260101);
    List<Integer> held = new ArrayList<>();
    int full = 0;
    int empty = 0;
    for (int step = 0; step < 10_000; step++) {
      if (random.nextBoolean()) {
        int slot = slab.acquire();
        if (held.size() == 3) {
          assertThat(slot).isEqualTo(RowSlab.NONE);
          full++;
        } else {
          assertThat(held).doesNotContain(slot);
          held.add(slot);
        }
      } else if (held.isEmpty()) {
        empty++;
      } else {
        int index = random.nextInt(held.size());
        slab.release(held.get(index));
        held.subList(index, index + 1).clear();
      }
      assertThat(slab.held()).isEqualTo(held.size());
    }
    assertThat(full).isPositive();
    assertThat(empty).isPositive();
  }

  /** Four threads over three slots: nobody ever sees another's mark in a slot he holds. */
  @Test
  void neverGivesASlotToTwoThreads() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> results = new ArrayList<>();
      for (int thread = 1; thread <= 4; thread++) {
        long mark = thread;
        results.add(threads.submit(() -> takeMarkAndReturn(mark)));
      }
      int taken = 0;
      for (Future<Integer> result : results) {
        taken += result.get();
      }
      assertThat(taken).isPositive();
    }
    assertThat(slab.held()).isZero();
    assertThat(List.of(slab.acquire(), slab.acquire(), slab.acquire()))
        .containsExactlyInAnyOrder(0, 1, 2);
  }

  private int takeMarkAndReturn(long mark) {
    long[] row = {mark, mark, mark, mark};
    long[] found = new long[4];
    int taken = 0;
    for (int i = 0; i < 100_000; i++) {
      int slot = slab.acquire();
      if (slot != RowSlab.NONE) {
        slab.write(slot, row, 0, 4);
        slab.read(slot, found, 0);
        assertThat(found[0] == mark && found[3] == mark).isTrue();
        slab.release(slot);
        taken++;
      }
    }
    return taken;
  }
}
