package io.waip.replay.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  @Test
  void describesEachRequest() {
    Workload workload =
        new Workload.Builder(100)
            .add(3, 7, Tier.NEARLINE, 2, 50)
            .add(4, 9, Tier.OFFLINE, 1, RequestDescriptor.NO_DEADLINE)
            .build();
    RequestDescriptor descriptor = new RequestDescriptor();
    workload.describe(0, descriptor);
    assertThat(descriptor.requestId()).isZero();
    assertThat(descriptor.arrivalNanos()).isEqualTo(3);
    assertThat(descriptor.length()).isEqualTo(7);
    assertThat(descriptor.tier()).isEqualTo(Tier.NEARLINE);
    assertThat(descriptor.tenant()).isEqualTo(2);
    assertThat(descriptor.deadlineNanos()).isEqualTo(50);
    assertThat(workload.longest()).isEqualTo(9);
    assertThat(workload.offeredPerSecond()).isEqualTo(2e7);
  }

  @Test
  void keepsTheServiceOfEachRequest() {
    Workload workload =
        new Workload.Builder(100)
            .add(3, 7, Tier.NEARLINE, 2, 50)
            .add(new Workload.Request(4, 5, 8, Tier.INTERACTIVE, 1, 60))
            .build();
    RequestDescriptor descriptor = new RequestDescriptor();
    workload.describe(1, descriptor);
    assertThat(workload.service(0)).isZero();
    assertThat(workload.service(1)).isEqualTo(4);
    assertThat(descriptor.service()).isEqualTo(4);
    assertThat(descriptor.arrivalNanos()).isEqualTo(5);
  }

  @Test
  void countsWorkWithoutDeadlineUntilTheWindowEnds() {
    Workload workload =
        new Workload.Builder(100)
            .add(90, 1, Tier.INTERACTIVE, 0, 140)
            .add(95, 1, Tier.OFFLINE, 0, RequestDescriptor.NO_DEADLINE)
            .build();
    assertThat(workload.goodputDeadlineNanos(0)).isEqualTo(140);
    assertThat(workload.goodputDeadlineNanos(1)).isEqualTo(100);
  }

  @Test
  void growsAndStaysAsItWasBuilt() {
    Workload.Builder builder = new Workload.Builder(10_000);
    for (int i = 0; i < 3000; i++) {
      builder.add(i, 1, Tier.INTERACTIVE, 0, i + 1);
    }
    Workload workload = builder.build();
    builder.add(3000, 5, Tier.INTERACTIVE, 0, 4000);
    assertThat(workload.size()).isEqualTo(3000);
    assertThat(workload.arrivalNanos(2999)).isEqualTo(2999);
    assertThat(workload.longest()).isEqualTo(1);
  }

  @Test
  void refusesWhatNoWindowCanHold() {
    assertThatThrownBy(() -> new Workload.Builder(0)).hasMessageContaining(">= 1 ns");
    assertThatThrownBy(() -> new Workload.Builder(1).build()).hasMessageContaining("at least one");
    Workload.Builder builder = new Workload.Builder(10).add(5, 1, Tier.OFFLINE, 0, 9);
    assertThatThrownBy(() -> builder.add(4, 1, Tier.OFFLINE, 0, 9))
        .hasMessage("arrival of request 1 must be in [5, 10] ns, is 4");
    assertThatThrownBy(() -> builder.add(11, 1, Tier.OFFLINE, 0, 12)).hasMessageContaining("is 11");
    assertThatThrownBy(() -> builder.add(6, 0, Tier.OFFLINE, 0, 9)).hasMessageContaining("length");
    assertThatThrownBy(() -> builder.add(new Workload.Request(-1, 6, 1, Tier.OFFLINE, 0, 9)))
        .hasMessageContaining("service >= 0");
    assertThatThrownBy(() -> builder.add(6, 1, Tier.OFFLINE, 0, 5))
        .hasMessageContaining("deadline");
  }
}
