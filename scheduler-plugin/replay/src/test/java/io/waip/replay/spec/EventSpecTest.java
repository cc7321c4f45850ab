package io.waip.replay.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.schedule.EndpointState;
import io.waip.replay.drive.EndpointEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventSpecTest {
  private static final List<String> WORKERS = List.of("worker-1", "worker-2");

  @Test
  void readsTimeWorkerAndChange() {
    List<EventSpec> specs =
        EventSpec.parseAll("2s:worker-2:down, 0s:worker-1:slow=2.5x,1ms:worker-1:drain");

    assertThat(specs.get(0).resolve(WORKERS))
        .isEqualTo(new EndpointEvent.StateChange(2_000_000_000L, 1, EndpointState.DOWN));
    assertThat(specs.get(1).resolve(WORKERS)).isEqualTo(new EndpointEvent.Slowdown(0, 0, 2.5));
    assertThat(specs.get(2).resolve(WORKERS))
        .isEqualTo(new EndpointEvent.StateChange(1_000_000L, 0, EndpointState.DRAINING));
    assertThat(specs.get(0).text()).isEqualTo("2s:worker-2:down");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; '' has not three parts",
        "1s:worker-1; '1s:worker-1' has not three parts",
        "1:worker-1:down; '1' is not a duration",
        "-1s:worker-1:down; '-1s' is not a duration",
        "1s:worker-1:off; unknown change 'off'",
        "1s:worker-1:slow=2; unknown change 'slow=2'",
        "1s:worker-1:slow=0.5x; slowdown must be in [1, 1000], is 0.5",
        "1s:worker-1:slow=1001x; slowdown must be in [1, 1000], is 1001.0",
      })
  void saysWhatIsWrongAndWhatIsAllowed(String text, String what) {
    assertThatThrownBy(() -> EventSpec.parseAll(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("events '" + text + "': " + what)
        .hasMessageContaining("; allowed: TIME:WORKER:CHANGE");
  }

  @Test
  void namesTheWorkersThereAre() {
    EventSpec spec = EventSpec.parseAll("1s:worker-3:down").getFirst();

    assertThatThrownBy(() -> spec.resolve(WORKERS))
        .hasMessageStartingWith("no worker is named 'worker-3'; allowed: worker-1 to worker-2;");
  }
}
