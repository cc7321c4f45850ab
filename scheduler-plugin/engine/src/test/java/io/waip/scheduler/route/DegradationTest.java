package io.waip.scheduler.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DegradationTest {
  private final Degradation degradation = new Degradation(2);

  @Test
  void degradesAboveTheBoundAndRecoversBelowHalfOfIt() {
    assertThat(degradation.update(0, 100, 100)).isFalse();
    assertThat(degradation.update(0, 101, 100)).isTrue();
    assertThat(degradation.update(0, 51, 100)).isTrue();
    assertThat(degradation.update(0, 50, 100)).isFalse();
    assertThat(degradation.update(0, 51, 100)).isFalse();
  }

  @Test
  void decidesForEachServiceAlone() {
    degradation.update(0, 101, 100);
    assertThat(degradation.update(1, 60, 100)).isFalse();
  }

  @Test
  void degradesUnderAnyBacklogWhenTheBoundIsZero() {
    assertThat(degradation.update(0, 0.1, 0)).isTrue();
    assertThat(degradation.update(0, 0, 0)).isFalse();
  }
}
