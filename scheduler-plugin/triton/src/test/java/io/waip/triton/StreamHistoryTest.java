package io.waip.triton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.triton.StreamHistory.Shift;
import org.junit.jupiter.api.Test;

class StreamHistoryTest {
  private final StreamHistory history = new StreamHistory();

  private void seconds(int count, double value) {
    for (int i = 0; i < count; i++) {
      history.add(value + (i % 2 == 0 ? 0.1 : -0.1), 1);
      history.nextSecond();
    }
  }

  @Test
  void findsWhereTheMeanChangedAndByHowMuch() {
    seconds(100, 1);
    seconds(20, 3);
    Shift shift = history.change();
    assertThat(shift.before()).isCloseTo(1, within(0.01));
    assertThat(shift.after()).isCloseTo(3, within(0.01));
    assertThat(shift.seconds()).isEqualTo(20);
  }

  @Test
  void knowsOnlyTheLatestSeconds() {
    seconds(StreamHistory.SECONDS, 9);
    seconds(StreamHistory.SECONDS - 10, 1);
    seconds(10, 2);
    assertThat(history.change().before()).isCloseTo(1, within(0.01));
  }

  @Test
  void aChangeThatWasToldIsNotFoundAgain() {
    seconds(100, 1);
    seconds(20, 8);
    history.change();
    seconds(20, 9);
    Shift shift = history.change();
    assertThat(shift.before()).isCloseTo(8, within(0.01));
    assertThat(shift.seconds()).isEqualTo(20);
  }

  @Test
  void weighsSecondsByWhatHappenedInThem() {
    for (int i = 0; i < 50; i++) {
      history.add(i < 40 ? 30 : 60, i % 2 == 0 ? 10 : 20);
      history.nextSecond();
    }
    assertThat(history.change().seconds()).isBetween(8, 12);
  }

  @Test
  void withoutAnythingBeforeTheMeanBeforeIsUnknown() {
    history.add(4, 2);
    history.nextSecond();
    Shift shift = history.change();
    assertThat(shift.before()).isNaN();
    assertThat(shift.after()).isEqualTo(2);
  }
}
