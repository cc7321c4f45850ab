package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine thread between a scripted scheduler and a runner the test holds back. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EngineLoopTest {
  private static final int CAPACITY = 64;

  private final Semaphore turns = new Semaphore(0);
  private final Semaphore started = new Semaphore(0);
  private final ScriptedScheduler scheduler = new ScriptedScheduler();
  private final EngineLoop loop =
      new EngineLoop(
          new EngineLoop.Setting(scheduler, System::nanoTime, List.of("only"), CAPACITY, 1),
          new RowStore(),
          List.of(new HeldRunner()));

  @AfterEach
  void close() {
    turns.release(10_000);
    loop.drainWithin(0);
    loop.close();
  }

  @Test
  void carriesEveryOutcomeToItsRequest() throws Exception {
    loop.start();
    turns.release(100);
    Submission completed = submit(ScriptedScheduler.RUN);
    Submission rejected = submit(ScriptedScheduler.REJECT);
    Submission late = submit(ScriptedScheduler.RUN_LATE);
    Submission expired = submit(ScriptedScheduler.EVICT_BY_TIMER);
    Submission held = submit(ScriptedScheduler.HOLD);

    assertThat(completed.future.get().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(completed.future.get().requireOutput().values("y")).containsExactly(1);
    assertThat(rejected.future.get().ending())
        .isEqualTo(new Answer.Ending(Outcome.REJECTED, Reason.PREDICTED_LATE, 7, ""));
    assertThat(late.future.get().outcome()).isEqualTo(Outcome.LATE);
    assertThat(late.future.get().requireOutput().values("y")).containsExactly(1);
    assertThat(expired.future.get().reason()).isEqualTo(Reason.EXPIRED);
    held.future.cancel(false);
    awaitCount(Outcome.CANCELLED, 1);
    assertThat(held.future).isCancelled();
  }

  @Test
  void aFailedExecutionCarriesItsMessage() throws Exception {
    loop.start();
    turns.release();
    Submission submission = submission(ScriptedScheduler.RUN);
    submission.failure = HeldRunner.FAIL;
    loop.submit(submission);

    Answer answer = submission.future.get();

    assertThat(answer.ending())
        .isEqualTo(new Answer.Ending(Outcome.FAILED, Reason.EXECUTION_ERROR, 0, "planted failure"));
    assertThat(answer.output()).isNull();
  }

  @Test
  void aWorkerSurvivesAnErrorOfItsRunner() throws Exception {
    loop.start();
    turns.release(2);
    Submission broken = submission(ScriptedScheduler.RUN);
    broken.failure = HeldRunner.OVERFLOW;
    loop.submit(broken);

    assertThat(broken.future.get().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(broken.future.get().ending().detail()).isEqualTo("StackOverflowError");
    assertThat(submit(ScriptedScheduler.RUN).future.get().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void aRunningRequestMayBeWithdrawn() throws Exception {
    loop.start();
    Submission running = submit(ScriptedScheduler.RUN);
    started.acquire();
    running.future.cancel(false);
    awaitCount(Outcome.CANCELLED, 1);
    turns.release(2);
    Submission next = submit(ScriptedScheduler.RUN);

    assertThat(next.future.get().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(loop.count(Outcome.CANCELLED)).isEqualTo(1);
    assertThat(loop.count(Outcome.COMPLETED)).isEqualTo(1);
  }

  @Test
  void theRowsOfAWithdrawnRequestStayUntilItsExecutionEnds() throws Exception {
    try (LoadedModels models = Tiny.lookup()) {
      EngineLoop oneSlot =
          new EngineLoop(
              new EngineLoop.Setting(
                  new ScriptedScheduler(), System::nanoTime, List.of("only"), CAPACITY, 1),
              new RowStore(models, 1),
              List.of(new HeldRunner()));
      oneSlot.start();
      Submission running = Samples.of(models, 2);
      oneSlot.submit(running);
      started.acquire();
      running.future.cancel(false);
      while (oneSlot.count(Outcome.CANCELLED) == 0) {
        Thread.onSpinWait();
      }
      Submission tooEarly = Samples.of(models, 2);
      oneSlot.submit(tooEarly);

      assertThat(tooEarly.future.get().reason()).isEqualTo(Reason.QUEUE_FULL);
      turns.release(2);
      oneSlot.close();
      assertThat(oneSlot.open()).isZero();
    }
  }

  @Test
  void withdrawingARequestThatHasEndedChangesNothing() throws Exception {
    loop.start();
    turns.release(2);
    Submission first = submit(ScriptedScheduler.RUN);
    first.future.get();
    loop.cancel(first);
    Submission second = submit(ScriptedScheduler.RUN);

    assertThat(second.future.get().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(loop.count(Outcome.CANCELLED)).isZero();
  }

  @Test
  void refusesWhatExceedsItsCapacity() throws Exception {
    loop.start();
    for (int i = 0; i < CAPACITY; i++) {
      submit(ScriptedScheduler.HOLD);
    }
    Submission beyond = submit(ScriptedScheduler.HOLD);

    assertThat(beyond.future.get().ending())
        .isEqualTo(new Answer.Ending(Outcome.REJECTED, Reason.QUEUE_FULL, 0, ""));
    assertThat(loop.open()).isEqualTo(CAPACITY);
  }

  @Test
  void closingEvictsWhatIsQueuedAndWaitsForWhatRuns() throws Exception {
    loop.start();
    Submission running = submit(ScriptedScheduler.RUN);
    started.acquire();
    Submission queued = submit(ScriptedScheduler.RUN);
    Submission held = submit(ScriptedScheduler.HOLD);
    loop.drainWithin(0);
    Thread closer = new Thread(loop::close);
    closer.start();

    assertThat(held.future.get().reason()).isEqualTo(Reason.SHUTDOWN);
    assertThat(queued.future.get().outcome()).isEqualTo(Outcome.EVICTED);
    assertThat(closer.isAlive()).isTrue();
    turns.release();
    closer.join();
    assertThat(running.future.get().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(submit(ScriptedScheduler.RUN).future.get().reason()).isEqualTo(Reason.SHUTDOWN);
  }

  @Test
  void aFaultOfTheSchedulerFailsWhatIsOpenAndRefusesWhatFollows() throws Exception {
    loop.start();
    Submission held = submit(ScriptedScheduler.HOLD);
    Submission running = submit(ScriptedScheduler.RUN);
    started.acquire();
    Submission fatal = submit(ScriptedScheduler.THROW);

    for (Submission open : List.of(held, running, fatal)) {
      assertThat(open.future.get().outcome()).isEqualTo(Outcome.FAILED);
      assertThat(open.future.get().ending().detail()).contains("planted fault");
    }
    assertThat(submit(ScriptedScheduler.RUN).future.get().reason()).isEqualTo(Reason.NO_ENDPOINT);
  }

  @Test
  void everyRequestIsAnsweredOnceWhenManyThreadsSubmitAndCancel() throws Exception {
    loop.start();
    turns.release(1_000_000);
    List<Thread> clients = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int client = t;
      clients.add(new Thread(() -> submitAndCancelSome(client)));
    }
    clients.forEach(Thread::start);
    for (Thread client : clients) {
      client.join();
    }
    loop.close();

    long total = 0;
    for (Outcome outcome : Outcome.values()) {
      total += loop.count(outcome);
    }
    assertThat(total).isEqualTo(4 * 500);
    assertThat(loop.open()).isZero();
  }

  private void submitAndCancelSome(int client) {
    for (int i = 0; i < 500; i++) {
      Submission submission = submit(ScriptedScheduler.RUN);
      if ((i + client) % 3 == 0) {
        submission.future.cancel(false);
      } else if (i % 8 == 0) {
        submission.future.join();
      }
    }
  }

  private Submission submit(int tenant) {
    Submission submission = submission(tenant);
    loop.submit(submission);
    return submission;
  }

  private static Submission submission(int tenant) {
    return new Submission(
        new Submission.Call(tenant, Tier.OFFLINE, 0, RequestDescriptor.NO_DEADLINE, 0),
        new InputRow[0],
        1);
  }

  private void awaitCount(Outcome outcome, long count) {
    while (loop.count(outcome) < count) {
      Thread.onSpinWait();
    }
  }

  /** Runs one execution for each turn the test gives. */
  private final class HeldRunner implements BatchRunner {
    static final String FAIL = "fail";
    static final String OVERFLOW = "overflow";

    @Override
    public void run(Execution execution) throws Exception {
      started.release();
      turns.acquire();
      Submission member = execution.member(0);
      if (member.failure.equals(FAIL)) {
        throw new IllegalStateException("planted failure");
      }
      if (member.failure.equals(OVERFLOW)) {
        throw new StackOverflowError();
      }
      member.output = new OutputRow(Map.of("y", new OutputRow.Values(new float[] {1}, 1)));
    }

    @Override
    public void close() {}
  }
}
