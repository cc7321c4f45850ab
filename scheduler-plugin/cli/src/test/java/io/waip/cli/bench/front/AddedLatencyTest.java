package io.waip.cli.bench.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.cli.bench.load.LoadLog;
import org.junit.jupiter.api.Test;

class AddedLatencyTest {
  private static final int D = AddedLatency.DIRECT;
  private static final int F = AddedLatency.FRONT;

  @Test
  void theDifferenceIsTakenWithinEachPairInWhateverOrder() {
    LoadLog log =
        new Logs()
            .ok(LoadLog.WARM_UP, 0, 90)
            .ok(D, 100, 101)
            .ok(F, 110, 111.2)
            .ok(F, 120, 125.2)
            .ok(D, 130, 135)
            .ok(D, 140, 141)
            .ok(F, 150, 151.2)
            .build();

    AddedLatency added = AddedLatency.of(log, 1);

    assertThat(added.pairs()).isEqualTo(3);
    assertThat(added.addedP50Ms()).isCloseTo(0.2, within(1e-6));
    assertThat(added.addedP50MsLow()).isCloseTo(0.2, within(1e-6));
    assertThat(added.addedP50MsHigh()).isCloseTo(0.2, within(1e-6));
    assertThat(added.directP50Ms()).isCloseTo(1, within(1e-6));
    assertThat(added.frontP99Ms()).isCloseTo(5.2, within(1e-6));
  }

  @Test
  void aPairWithAFailedCallIsLeftOut() {
    LoadLog log = new Logs().error(0, 1).ok(F, 10, 99).ok(F, 20, 22).ok(D, 30, 31).build();

    AddedLatency added = AddedLatency.of(log, 1);

    assertThat(added.pairs()).isEqualTo(1);
    assertThat(added.addedP50Ms()).isCloseTo(1, within(1e-6));
  }

  @Test
  void noPairIsNoFigure() {
    LoadLog log = new Logs().ok(D, 0, 1).build();

    assertThatThrownBy(() -> AddedLatency.of(log, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
