package io.waip.api.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.waip.api.actuate.DesiredReplicas.Target;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DesiredReplicasTest {
  @Test
  void writesAGaugeForEachServiceAndDeviceInOrder() {
    DesiredReplicas wanted =
        new DesiredReplicas(
            Map.of(
                new Target("rank", "cpu"), 2,
                new Target("embed", "h100"), 0,
                new Target("embed", "cpu"), 13));

    assertThat(wanted.toPrometheusText())
        .isEqualTo(
            """
            # HELP waip_desired_replicas Replicas that the plan in force wants.
            # TYPE waip_desired_replicas gauge
            waip_desired_replicas{service="embed",device="cpu"} 13
            waip_desired_replicas{service="embed",device="h100"} 0
            waip_desired_replicas{service="rank",device="cpu"} 2
            """);
  }

  @Test
  void escapesWhatWouldEndALabel() {
    DesiredReplicas wanted = new DesiredReplicas(Map.of(new Target("a\"b\\c\nd", "cpu"), 1));

    assertThat(wanted.toPrometheusText())
        .endsWith("{service=\"a\\\"b\\\\c\\nd\",device=\"cpu\"} 1\n");
  }

  @Test
  void saysItsTypeEvenWhereNothingIsWanted() {
    assertThat(DesiredReplicas.NONE.toPrometheusText())
        .endsWith("# TYPE waip_desired_replicas gauge\n");
  }

  @Test
  void refusesNamelessTargetsAndNegativeCounts() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Target(" ", "cpu"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Target("embed", ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DesiredReplicas(Map.of(new Target("embed", "cpu"), -1)))
        .withMessageContaining("embed");
  }
}
