package io.waip.replay.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.replay.Traffic;
import io.waip.replay.capacity.ScaleRule.Advice;
import io.waip.replay.capacity.ScaleRule.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleRuleTest {
  private static final Offer L4 = new Offer("l4", false);
  private static final long COLD_NANOS = 30_000_000_000L;

  /** One device suffices. */
  private static final Traffic CALM = Questions.traffic("poisson", 3000, 600);

  /** Three suffice. */
  private static final Traffic BUSY = Questions.traffic("poisson", 3000, 2500);

  /** No number up to six suffices. */
  private static final Traffic FLOOD = Questions.traffic("poisson", 3000, 20_000);

  private static final ScaleRule RULE = new ScaleRule(Questions.simple(CALM, 6), L4, COLD_NANOS);

  private static int smallest(Traffic traffic) {
    return Questions.first(Questions.bruteForce(Questions.simple(traffic, 6), L4)).orElse(0);
  }

  @Test
  void theWindowsNeedWhatTheyAreSaidToNeed() {
    assertThat(List.of(smallest(CALM), smallest(BUSY), smallest(FLOOD))).containsExactly(1, 3, 0);
  }

  @Test
  void goesUpAtOnceToWhatTheLatestWindowNeeds() {
    assertThat(RULE.recommend(1, 0, List.of(CALM, BUSY))).isEqualTo(new Advice(3, Reason.UP));
  }

  @Test
  void goesToTheMostWhereNothingSuffices() {
    assertThat(RULE.recommend(2, 0, List.of(FLOOD))).isEqualTo(new Advice(6, Reason.UP_TO_MOST));
    assertThat(RULE.recommend(9, 0, List.of(FLOOD))).isEqualTo(new Advice(9, Reason.UP_TO_MOST));
  }

  @Test
  void aPastWindowDoesNotDriveItUp() {
    assertThat(RULE.recommend(2, 0, List.of(BUSY, CALM))).isEqualTo(new Advice(2, Reason.NEEDED));
    assertThat(RULE.recommend(1, 0, List.of(BUSY, CALM))).isEqualTo(new Advice(1, Reason.FEWEST));
  }

  @Test
  void goesDownByOneAfterTwiceTheColdStart() {
    List<Traffic> calm = List.of(CALM, CALM);
    assertThat(RULE.recommend(4, 2 * COLD_NANOS - 1, calm)).isEqualTo(new Advice(4, Reason.DWELL));
    assertThat(RULE.recommend(4, 2 * COLD_NANOS, calm)).isEqualTo(new Advice(3, Reason.DOWN));
  }

  @Test
  void theWorstWindowKeepsItUp() {
    long late = 100 * COLD_NANOS;
    assertThat(RULE.recommend(3, late, List.of(BUSY, CALM, CALM)))
        .isEqualTo(new Advice(3, Reason.NEEDED));
    assertThat(RULE.recommend(4, late, List.of(BUSY, CALM, CALM)))
        .isEqualTo(new Advice(3, Reason.DOWN));
    assertThat(RULE.recommend(3, late, List.of(CALM, CALM))).isEqualTo(new Advice(2, Reason.DOWN));
  }

  @Test
  void equalInputsHaveEqualAdvice() {
    List<Traffic> windows = List.of(CALM, BUSY, CALM);
    assertThat(RULE.recommend(4, COLD_NANOS, windows))
        .isEqualTo(RULE.recommend(4, COLD_NANOS, windows));
  }

  @Test
  void refusesInputsOutOfRange() {
    assertThatThrownBy(() -> RULE.recommend(0, 0, List.of(CALM))).hasMessageContaining(">= 1");
    assertThatThrownBy(() -> RULE.recommend(1, 0, List.of())).hasMessageContaining(">= 1 window");
    CapacityQuestion question = Questions.simple(CALM, 6);
    Offer unknown = new Offer("l4", true);
    assertThatThrownBy(() -> new ScaleRule(question, unknown, 0)).hasMessageContaining("'l4 spot'");
  }
}
