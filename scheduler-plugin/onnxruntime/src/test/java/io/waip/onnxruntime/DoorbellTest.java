package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DoorbellTest {
  private final Doorbell bell = new Doorbell();

  @Test
  void doesNotWaitWhenWorkIsPending() {
    bell.await(Long.MAX_VALUE, () -> true);

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void doesNotWaitForATimeThatHasPassed() {
    bell.await(0, () -> false);
    bell.await(-1, () -> false);

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void returnsAfterItsTime() {
    long before = System.nanoTime();
    bell.await(1_000_000, () -> false);

    assertThat(System.nanoTime()).isGreaterThan(before);
  }

  @Test
  void losesNoWakeUpBetweenTwoThreads() throws InterruptedException {
    int rounds = 20_000;
    AtomicInteger offered = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    Doorbell back = new Doorbell();
    Thread consumer =
        new Thread(() -> {
          while (taken.get() < rounds) {
            if (taken.get() < offered.get()) {
              taken.incrementAndGet();
              back.ring();
            } else {
              bell.await(Long.MAX_VALUE, () -> taken.get() < offered.get());
            }
          }
        });
    consumer.start();
    for (int i = 1; i <= rounds; i++) {
      int wanted = i;
      offered.set(i);
      bell.ring();
      while (taken.get() < wanted) {
        back.await(Long.MAX_VALUE, () -> taken.get() >= wanted);
      }
    }
    consumer.join();

    assertThat(taken).hasValue(rounds);
  }

  @Test
  void ringingWithoutAWaiterIsHarmless() {
    AtomicBoolean asked = new AtomicBoolean();
    bell.ring();
    bell.await(
        1,
        () -> {
          asked.set(true);
          return true;
        });

    assertThat(asked).isTrue();
  }
}
