package io.waip.cli.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final long MS = 1_000_000;
  private static final long PATIENCE = 100 * MS;

  private final Ledger ledger = new Ledger(PATIENCE);

  /** Opens a request meant for and sent at a time. */
  private int sentAt(long millis) {
    return ledger.open(0, millis * MS, millis * MS);
  }

  private LoadFigures figures() {
    ledger.close();
    return ledger.figures();
  }

  @Test
  void everyRequestEndsInExactlyOneWay() {
    ledger.answered(sentAt(0), 5 * MS, true);
    ledger.answered(sentAt(1), 5 * MS, false);
    ledger.failed(sentAt(2), 5 * MS, "UNAVAILABLE", "full");
    sentAt(3);

    LoadFigures figures = figures();

    assertThat(figures.sent()).isEqualTo(4);
    assertThat(figures.ok()).isEqualTo(1);
    assertThat(figures.wrong()).isEqualTo(1);
    assertThat(figures.errors()).isEqualTo(1);
    assertThat(figures.lost()).isEqualTo(1);
    assertThat(figures.duplicated()).isZero();
  }

  @Test
  void aSecondEndIsADuplicateAndChangesNothingElse() {
    int request = sentAt(0);
    ledger.answered(request, 5 * MS, true);
    ledger.answered(request, 6 * MS, true);
    ledger.failed(request, 7 * MS, "UNAVAILABLE", "again");

    LoadFigures figures = figures();

    assertThat(figures.duplicated()).isEqualTo(2);
    assertThat(figures.ok()).isEqualTo(1);
    assertThat(figures.errors()).isZero();
    assertThat(figures.errorGroups()).isEmpty();
    assertThat(figures.latencyP50Ms()).isEqualTo(5);
  }

  @Test
  void anAnswerAfterThePatienceIsLost() {
    ledger.answered(sentAt(0), PATIENCE, true);
    ledger.answered(sentAt(0), PATIENCE + 1, true);
    ledger.failed(sentAt(0), PATIENCE + 1, "INTERNAL", "late");

    LoadFigures figures = figures();

    assertThat(figures.ok()).isEqualTo(1);
    assertThat(figures.lost()).isEqualTo(2);
    assertThat(figures.errors()).isZero();
  }

  @Test
  void errorsAreGroupedByCodeAndMessageWithTheMostFrequentFirst() {
    ledger.failed(sentAt(0), MS, "INTERNAL", "a");
    ledger.failed(sentAt(0), MS, "UNAVAILABLE", "b");
    ledger.failed(sentAt(0), MS, "UNAVAILABLE", "b");

    assertThat(figures().errorGroups())
        .containsExactly(new ErrorGroup("UNAVAILABLE", "b", 2), new ErrorGroup("INTERNAL", "a", 1));
  }

  @Test
  void manyKindsOfErrorsDoNotGrowTheAccount() {
    IntStream.range(0, 100)
        .forEach(i -> ledger.failed(sentAt(i), MS * i, "INTERNAL", "message " + i));

    LoadFigures figures = figures();

    assertThat(figures.errorGroups()).hasSize(Ledger.MAX_GROUPS);
    assertThat(figures.errorGroups().stream().mapToLong(ErrorGroup::count).sum()).isEqualTo(100);
  }

  @Test
  void latencyCountsFromTheIntendedTimeAndLagVoidsIt() {
    int request = ledger.open(0, 0, 3 * MS);
    ledger.answered(request, 10 * MS, true);

    LoadFigures figures = figures();

    assertThat(figures.latencyP50Ms()).isEqualTo(10);
    assertThat(figures.sendLagP99Ms()).isEqualTo(3);
    assertThat(figures.valid()).isFalse();
  }

  @Test
  void warmUpIsAccountedForButNotTimed() {
    int warm = ledger.open(LoadLog.WARM_UP, 0, 50 * MS);
    ledger.answered(warm, 90 * MS, true);
    ledger.answered(sentAt(1000), 1010 * MS, true);
    ledger.answered(sentAt(1100), 2000 * MS, true);

    LoadFigures figures = figures();

    assertThat(figures.sent()).isEqualTo(3);
    assertThat(figures.valid()).isTrue();
    assertThat(figures.latencyP99Ms()).isEqualTo(10);
    assertThat(figures.lost()).isEqualTo(1);
    assertThat(figures.seconds()).isEqualTo(1);
    assertThat(figures.answeredPerSecond()).isCloseTo(1, within(1e-9));
  }

  @Test
  void anEmptyAccountHasFigures() {
    LoadFigures figures = figures();

    assertThat(figures.sent()).isZero();
    assertThat(figures.answeredPerSecond()).isZero();
  }

  @Test
  void theAccountGrowsBeyondItsFirstSize() {
    IntStream.range(0, 10_000).forEach(i -> ledger.answered(sentAt(i), MS * (i + 1L), true));

    assertThat(figures().ok()).isEqualTo(10_000);
  }
}
