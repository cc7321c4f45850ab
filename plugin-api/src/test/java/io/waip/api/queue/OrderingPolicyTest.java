package io.waip.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.RequestDescriptor;
import org.junit.jupiter.api.Test;

class OrderingPolicyTest {
  private final RequestDescriptor request =
      new RequestDescriptor().reset(1, 0, 0).arrivalNanos(3).deadlineNanos(9);

  @Test
  void ordersByDeadlineOrByArrival() {
    assertThat(OrderingPolicy.EARLIEST_DEADLINE.key(request)).isEqualTo(9);
    assertThat(OrderingPolicy.FIRST_COME.key(request)).isEqualTo(3);
  }

  @Test
  void putsRequestsWithoutADeadlineLast() {
    request.deadlineNanos(RequestDescriptor.NO_DEADLINE);
    assertThat(OrderingPolicy.EARLIEST_DEADLINE.key(request)).isEqualTo(Long.MAX_VALUE);
  }
}
