package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Outcome;
import io.waip.api.deployment.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients do with their answers. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClientTest {
  private final LoadedModels models = Tiny.lookup();
  private PlannedSession session;

  @BeforeEach
  void start() throws InterruptedException {
    session =
        Tiny.session(models)
            .scheduler((deployment, model) -> new ScriptedScheduler())
            .tenant(Tenant.unlimited("run"))
            .tenant(Tenant.unlimited("reject"))
            .tenant(Tenant.unlimited("late"))
            .tenant(Tenant.unlimited("hold"))
            .drain(Duration.ZERO)
            .start();
  }

  @AfterEach
  void close() {
    session.close();
    models.close();
  }

  @Test
  void anInterruptedCallWithdrawsItsRequest() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        new Thread(() -> {
          try {
            session.call(request("hold"));
          } catch (InterruptedException e) {
            thrown.set(e);
          }
        });
    caller.start();
    while (session.open() == 0) {
      Thread.onSpinWait();
    }
    caller.interrupt();
    caller.join();
    while (session.count(Outcome.CANCELLED) == 0) {
      Thread.onSpinWait();
    }

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(session.open()).isZero();
  }

  @Test
  void aContinuationThatThrowsHarmsNoOtherRequest() throws Exception {
    CompletableFuture<Answer> held = session.submit(request("hold"));
    CompletableFuture<Object> broken =
        held.handle((answer, problem) -> {
          throw new IllegalStateException("planted in a continuation");
        });
    held.cancel(false);

    assertThat(session.call(request("run")).outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(broken).isCompletedExceptionally();
  }

  @Test
  void aContinuationThatBlocksDoesNotStopExecutions() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    List<CompletableFuture<Answer>> later = new ArrayList<>();
    CompletableFuture<Void> first =
        session.submit(request("hold")).exceptionally(problem -> null).thenAccept(answer -> {});
    Thread test = Thread.currentThread();
    CompletableFuture<Void> blocking;
    do { // An answer that is already there runs its continuation here, not on the reply thread.
      blocking =
          session
              .submit(request("run"))
              .thenAccept(answer -> {
                if (Thread.currentThread() != test) {
                  blocked.countDown();
                  awaitGate(gate);
                }
              });
    } while (blocking.isDone());
    blocked.await();
    for (int i = 0; i < 50; i++) {
      later.add(session.submit(request("run")));
    }
    gate.countDown();
    blocking.get();

    for (CompletableFuture<Answer> answer : later) {
      assertThat(answer.get().outcome()).isEqualTo(Outcome.COMPLETED);
    }
    assertThat(first).isNotDone();
  }

  private static void awaitGate(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void closingKeepsTheInterruptionOfItsCaller() {
    Thread.currentThread().interrupt();
    session.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(session.open()).isZero();
  }

  @Test
  void closingTwiceIsHarmless() {
    session.close();
    session.close();

    assertThat(session.open()).isZero();
  }

  @Test
  void anAnswerWithoutOutputSaysWhy() throws Exception {
    Answer rejected = session.call(request("reject"));

    assertThatThrownBy(rejected::requireOutput)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the request ended as REJECTED (PREDICTED_LATE) and has no output");
    assertThatThrownBy(rejected::requireServed)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the request ended as REJECTED (PREDICTED_LATE) and never ran");
  }

  @Test
  void aLateAnswerStillCarriesItsOutput() throws Exception {
    Answer late = session.call(request("late"));

    assertThat(late.outcome()).isEqualTo(Outcome.LATE);
    assertThat(late.requireOutput().values("y")).containsExactly(20);
  }

  private static SessionRequest request(String tenant) {
    return SessionRequest.builder().input("ids", InputRow.of(1L)).tenant(tenant).build();
  }
}
