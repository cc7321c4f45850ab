package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RingThreadTest {
  @Test
  void consumesEverythingInOrderBeforeItEnds() {
    for (int round = 0; round < 200; round++) {
      List<Integer> consumed = new ArrayList<>();
      RingThread<Integer> thread = new RingThread<>("test", 100, consumed::add);
      for (int i = 0; i < 100; i++) {
        thread.offer(i);
      }
      thread.close();

      assertThat(consumed).hasSize(100).isSorted();
    }
  }

  @Test
  void wakesForEachItemThatComesWhileItIsParked() throws InterruptedException {
    Semaphore consumed = new Semaphore(0);
    try (RingThread<Integer> thread = new RingThread<>("test", 2, item -> consumed.release())) {
      for (int i = 0; i < 10_000; i++) {
        thread.offer(i);
        consumed.acquire();
      }
    }
    assertThat(consumed.availablePermits()).isZero();
  }

  @Test
  void saysThatItIsFull() {
    Semaphore gate = new Semaphore(0);
    try (RingThread<Integer> thread =
        new RingThread<>("test", 2, item -> gate.acquireUninterruptibly())) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10; i++) {
                  thread.offer(i);
                }
              })
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("ring of test is full");
      gate.release(10);
    }
  }
}
