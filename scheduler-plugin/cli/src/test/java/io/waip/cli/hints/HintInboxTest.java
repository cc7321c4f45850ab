package io.waip.cli.hints;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.drift.Hint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class HintInboxTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final Instant START = Instant.parse("2026-03-01T14:00:00Z");

  private final List<Hint> got = new ArrayList<>();
  private long now;
  private final HintInbox inbox = new HintInbox(2, () -> now, got::add);

  private static Notice firing(String fingerprint, Instant since) {
    return new Notice(
        new Hint("alertmanager", "Slow", "", OptionalDouble.empty(), since), fingerprint, false);
  }

  private static Notice resolved(String fingerprint) {
    return new Notice(firing(fingerprint, START).hint(), fingerprint, true);
  }

  @Test
  void anAlertThatFiresOnIsPassedOnce() {
    assertThat(inbox.accept(List.of(firing("a", START), firing("a", START))))
        .isEqualTo(new HintCounts(1, 1, 0, 0, 0));
    assertThat(got).hasSize(1);
  }

  @Test
  void anAlertThatFiresAnewIsPassedAgain() {
    inbox.accept(List.of(firing("a", START), resolved("a")));

    assertThat(inbox.accept(List.of(firing("a", START)))).isEqualTo(HintCounts.PASSED);
  }

  @Test
  void anAlertOfALaterStartIsPassedThoughNobodySaidThatItWasResolved() {
    inbox.accept(List.of(firing("a", START)));

    assertThat(inbox.accept(List.of(firing("a", START.plusSeconds(9)))))
        .isEqualTo(HintCounts.PASSED);
  }

  @Test
  void hintsBeyondTheRateAreCountedAndComeThroughLater() {
    List<Notice> three = List.of(firing("a", START), firing("b", START), firing("c", START));

    assertThat(inbox.accept(three)).isEqualTo(new HintCounts(2, 0, 1, 0, 0));
    now = MINUTE - 1;
    assertThat(inbox.accept(List.of(firing("c", START)))).isEqualTo(HintCounts.SUPPRESSED);
    now = MINUTE;
    assertThat(inbox.accept(three)).isEqualTo(new HintCounts(1, 2, 0, 0, 0));
  }

  @Test
  void scoresWithoutFingerprintAreBoundedByTheRateAlone() {
    Notice score = firing("", START);

    assertThat(inbox.accept(List.of(score, score, score))).isEqualTo(new HintCounts(2, 0, 1, 0, 0));
  }

  @Test
  void remembersSoManyAlertsAndForgetsTheOldest() {
    for (int i = 0; i <= HintInbox.MOST_FIRING; i++) {
      now += MINUTE;
      inbox.accept(List.of(firing("f" + i, START)));
    }
    now += MINUTE;

    assertThat(inbox.accept(List.of(firing("f1", START)))).isEqualTo(HintCounts.FOLDED);
    assertThat(inbox.accept(List.of(firing("f0", START)))).isEqualTo(HintCounts.PASSED);
  }
}
