package io.waip.cli.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.triton.client.InferAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunsTest {
  private static final long FAR = 60_000_000_000L;

  private final CallPool pool = new CallPool(List.of("a", "b"), 1, 1);
  private final Ledger ledger = new Ledger(FAR);

  private Sender answering() {
    return new Sender(
        (call, listener) -> listener.answered(new InferAnswer("a", "1", "", List.of())),
        pool,
        ledger);
  }

  private static Stop after(int count) {
    return new Stop(System.nanoTime() + FAR, count);
  }

  @Test
  void pairsGoInTheOrderAbba() {
    assertThat(IntStream.range(0, 8).map(Runs::pairArm)).containsExactly(0, 1, 1, 0, 0, 1, 1, 0);
  }

  @Test
  void pairsAreSentOneAtATimeToBothArms() throws InterruptedException {
    Runs.pairs(answering(), 4, 1, after(100));

    LoadLog log = ledger.close();
    assertThat(log.size()).isEqualTo(8);
    assertThat(IntStream.range(0, 8).map(log::arm)).containsExactly(0, 1, 1, 0, 0, 1, 1, 0);
    for (int i = 1; i < log.size(); i++) {
      assertThat(log.sentNanos(i)).isGreaterThanOrEqualTo(log.doneNanos(i - 1));
    }
  }

  @Test
  void warmUpGoesToEveryArmAndIsMarked() throws InterruptedException {
    Runs.warmUp(answering(), 2, 3, after(100));

    LoadLog log = ledger.close();
    assertThat(log.size()).isEqualTo(6);
    assertThat(IntStream.range(0, 6).map(log::arm)).containsOnly(LoadLog.WARM_UP);
  }

  @Test
  void anOpenLoopEndsByItsCount() {
    Runs.open(answering(), new Arrivals(100_000, 1), after(50));

    assertThat(ledger.sent()).isEqualTo(50);
  }

  @Test
  void anOpenLoopDoesNotWaitForAnswers() {
    Sender silent = new Sender((call, listener) -> {}, pool, ledger);

    Runs.open(silent, new Arrivals(100_000, 1), after(50));

    assertThat(ledger.open()).isEqualTo(50);
  }

  @Test
  void aClosedLoopKeepsItsNumberUnderWay() throws InterruptedException {
    List<Integer> open = new ArrayList<>();
    Sender sender =
        new Sender(
            (call, listener) -> {
              open.add(ledger.open());
              listener.answered(new InferAnswer("a", "1", "", List.of()));
            },
            pool,
            ledger);

    Runs.closed(sender, 4, after(20));

    assertThat(ledger.sent()).isEqualTo(20);
    assertThat(open).allMatch(number -> number <= 4);
  }

  @Test
  void whoeverAsksEndsARun() {
    Stop stop = after(1_000_000);
    stop.ask();

    Runs.open(answering(), new Arrivals(10, 1), stop);

    assertThat(ledger.sent()).isZero();
  }

  @Test
  void arrivalsHaveTheirRateAndTheirSeed() {
    Arrivals arrivals = new Arrivals(1000, 7);
    Arrivals same = new Arrivals(1000, 7);
    long last = 0;
    for (int i = 0; i < 10_000; i++) {
      long next = arrivals.nextNanos();
      assertThat(next).isGreaterThanOrEqualTo(last).isEqualTo(same.nextNanos());
      last = next;
    }

    // 10,000 gaps of mean 1 ms: 10 s, give or take five times a hundredth of it.
    assertThat(last / 1e9).isCloseTo(10, within(0.5));
  }
}
