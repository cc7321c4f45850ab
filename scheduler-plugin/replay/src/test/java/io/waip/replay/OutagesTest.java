package io.waip.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.schedule.EndpointState;
import io.waip.replay.drive.EndpointEvent;
import io.waip.replay.limit.Outage;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutagesTest {
  private static EndpointEvent at(long nanos, int endpoint, EndpointState state) {
    return new EndpointEvent.StateChange(nanos, endpoint, state);
  }

  @Test
  void lastFromGoingDownUntilBeingUp() {
    List<EndpointEvent> events =
        List.of(
            at(70, 0, EndpointState.UP),
            at(10, 0, EndpointState.DOWN),
            at(20, 1, EndpointState.UP),
            at(30, 0, EndpointState.DRAINING),
            at(80, 0, EndpointState.DOWN),
            at(80, 0, EndpointState.UP));
    assertThat(Outages.of(events, 0)).containsExactly(new Outage(10, 70, 1));
    assertThat(Outages.of(events, 1)).isEmpty();
  }

  @Test
  void drainingIsNone() {
    assertThat(Outages.of(List.of(at(10, 0, EndpointState.DRAINING)), 0)).isEmpty();
  }

  @Test
  void oneThatIsNeverUpAgainHasNoEnd() {
    List<Outage> outages = Outages.of(List.of(at(10, 0, EndpointState.DOWN)), 0);
    assertThat(outages).hasSize(1);
    assertThat(outages.getFirst().untilNanos()).isGreaterThan(1L << 60);
  }
}
