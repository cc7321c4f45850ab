package io.waip.replay.drive;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.schedule.EndpointState;
import io.waip.replay.drive.EndedExecutions.Execution;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndedExecutionsTest {
  private final List<Execution> ended = new ArrayList<>();
  private final EndedExecutions executions = new EndedExecutions(ended::add);

  private static Execution at(int endpoint, long startNanos, long endNanos) {
    return new Execution(endpoint, 0, 4, 16, startNanos, endNanos);
  }

  @Test
  void handsOnInTheOrderOfTheirEnds() {
    Execution slow = at(0, 0, 30);
    Execution quick = at(1, 5, 10);
    Execution later = at(1, 12, 20);
    executions.started(slow);
    executions.started(quick);
    assertThat(ended).isEmpty();
    executions.started(later);
    assertThat(ended).containsExactly(quick);
    executions.endUntil(Long.MAX_VALUE);

    assertThat(ended).containsExactly(quick, later, slow);
    assertThat(later.nanos()).isEqualTo(8);
  }

  @Test
  void ofEqualEndsTheLowerEndpointComesFirst() {
    executions.started(at(1, 0, 10));
    executions.started(at(0, 0, 10));
    executions.endUntil(10);

    assertThat(ended).extracting(Execution::endpoint).containsExactly(0, 1);
  }

  @Test
  void leavesOutWhatFailedWithItsEndpoint() {
    Execution before = at(0, 0, 10);
    executions.started(before);
    executions.started(at(1, 0, 50));
    executions.endUntil(10);
    executions.started(at(0, 11, 40));
    executions.endpointChanged(0, EndpointState.DOWN, 40);
    executions.endpointChanged(1, EndpointState.DRAINING, 45);
    executions.endUntil(Long.MAX_VALUE);

    assertThat(ended).containsExactly(before, at(1, 0, 50));
  }
}
