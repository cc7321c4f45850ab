package io.waip.cost.drift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowClockTest {
  private final WindowClock clock = new WindowClock(10);

  @Test
  void theFirstWindowBeginsAtTheFirstTime() {
    assertThat(clock.isOver(105)).isFalse();
    assertThat(clock.isOver(114)).isFalse();
    assertThat(clock.isOver(115)).isTrue();
  }

  @Test
  void windowsFollowOneAnother() {
    clock.isOver(105);
    clock.next();
    assertThat(clock.isOver(124)).isFalse();
    assertThat(clock.isOver(125)).isTrue();
  }

  @Test
  void windowsInWhichNothingHappenedAreSkipped() {
    clock.isOver(105);
    clock.skipTo(148);
    // The window of 148 is 145 to 155.
    assertThat(clock.isOver(154)).isFalse();
    assertThat(clock.isOver(155)).isTrue();
    clock.skipTo(155);
    assertThat(clock.isOver(164)).isFalse();
    assertThat(clock.isOver(165)).isTrue();
  }
}
