package io.waip.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.RequestDescriptor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  private static final int PERIOD = 4096;

  private static RequestDescriptor describe(Workload workload, long id) {
    return workload.describe(id, 1_000, new RequestDescriptor());
  }

  @Test
  void hasLengthsAsSkewedAsShortText() {
    Workload workload = new Workload(true, 1);
    int[] lengths =
        IntStream.range(0, PERIOD).map(id -> describe(workload, id).length()).sorted().toArray();
    assertThat(Arrays.stream(lengths).average().orElseThrow()).isBetween(12.5, 13.5);
    assertThat(lengths[PERIOD * 99 / 100]).isBetween(40, 48);
  }

  @Test
  void hasOneLengthWhereTheyAreEqual() {
    Workload workload = new Workload(false, 1);
    assertThat(IntStream.range(0, PERIOD).map(id -> describe(workload, id).length()))
        .containsOnly(16);
  }

  @Test
  void givesTheFirstTenantTheLargestShareAndEveryTenantSome() {
    Workload workload = new Workload(false, 64);
    long[] counts = new long[64];
    for (int id = 0; id < PERIOD; id++) {
      counts[describe(workload, id).tenant()]++;
    }
    // Zipf over 64 ranks: the first has 1 / H(64) = 21 %.
    assertThat(counts[0]).isBetween(PERIOD * 18L / 100, PERIOD * 24L / 100);
    assertThat(counts).doesNotContain(0);
  }

  @Test
  void repeatsExactly() {
    Workload first = new Workload(true, 64);
    Workload second = new Workload(true, 64);
    for (int id = 0; id < PERIOD; id++) {
      RequestDescriptor a = describe(first, id);
      RequestDescriptor b = describe(second, id + PERIOD);
      assertThat(b.length()).isEqualTo(a.length());
      assertThat(b.tenant()).isEqualTo(a.tenant());
      assertThat(b.deadlineNanos()).isEqualTo(a.deadlineNanos());
    }
  }
}
