package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.Tier;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Tenant;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.ServicePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The driver with the planner's engine on models that answer in microseconds. */
class PlannedSessionLifecycleTest {
  private static final int THREADS = 8;
  private static final int REQUESTS_PER_THREAD = 1500;

  private final LoadedModels models = Tiny.lookup();

  @AfterEach
  void free() {
    models.close();
  }

  @Test
  void losesAndMixesNothingUnderEightSubmittingThreads() throws Exception {
    try (PlannedSession session = Tiny.session(models).workers(2).start();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<Integer>> clients = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int seed = i;
        clients.add(() -> submitAndCheck(session, seed));
      }
      int right = 0;
      for (Future<Integer> client : threads.invokeAll(clients)) {
        right += client.get();
      }
      assertThat(right).isEqualTo(THREADS * REQUESTS_PER_THREAD);
      assertThat(session.count(Outcome.COMPLETED)).isEqualTo(THREADS * REQUESTS_PER_THREAD);
      assertThat(session.open()).isZero();
    }
  }

  /** Returns how many answers were those of their own request. */
  private static int submitAndCheck(PlannedSession session, int seed) throws Exception {
    Random random = new Random(seed);
    List<long[]> asked = new ArrayList<>();
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < REQUESTS_PER_THREAD; i++) {
      long[] ids = random.longs(1 + random.nextInt(Tiny.MAX_LENGTH), 0, 4).toArray();
      asked.add(ids);
      answers.add(session.submit(Tiny.ids(ids)));
    }
    int right = 0;
    for (int i = 0; i < asked.size(); i++) {
      float[] got = answers.get(i).get().requireOutput().values("y");
      right += Arrays.equals(got, expected(asked.get(i))) ? 1 : 0;
    }
    return right;
  }

  private static float[] expected(long[] ids) {
    float[] values = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      values[i] = 10 * (ids[i] + 1);
    }
    return values;
  }

  @Test
  void anAnswerSaysHowTheRequestRan() throws Exception {
    try (PlannedSession session = Tiny.session(models).start()) {
      Answer answer = session.call(Tiny.ids(1, 2, 3));

      assertThat(answer.outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(answer.reason()).isEqualTo(Reason.NONE);
      assertThat(answer.requireOutput().values("y")).containsExactly(20, 30, 40);
      assertThat(answer.requireOutput().shape("y")).containsExactly(3);
      assertThat(answer.requireServed().variant()).isEqualTo("lookup");
      assertThat(answer.requireServed().batch()).isEqualTo(1);
      assertThat(answer.requireServed().paddedLength()).isEqualTo(3);
      assertThat(answer.latencyNanos())
          .isGreaterThanOrEqualTo(answer.requireServed().executionNanos());
    }
  }

  @Test
  void padsToTheBucketEdgeAndCutsTheAnswerBack() throws Exception {
    ServicePlan plan = ServicePlan.DEFAULT.toBuilder().bucketEdges(List.of(4, 8)).build();
    try (PlannedSession session = Tiny.session(models).plan(plan).start()) {
      Answer answer = session.call(Tiny.ids(1, 2, 3, 1, 2));

      assertThat(answer.requireServed().paddedLength()).isEqualTo(8);
      assertThat(answer.requireOutput().values("y")).containsExactly(20, 30, 40, 20, 30);
    }
  }

  @Test
  void aFailingExecutionFailsOnlyItsBatch() throws Exception {
    try (LoadedModels single = singles(TinyModel.lookup());
        PlannedSession session = Tiny.session(single).start()) {
      Answer bad = session.call(Tiny.ids(9));
      Answer good = session.call(Tiny.ids(2));

      assertThat(bad.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(bad.reason()).isEqualTo(Reason.EXECUTION_ERROR);
      assertThat(bad.ending().detail()).contains("indices");
      assertThatThrownBy(bad::requireOutput)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("FAILED (EXECUTION_ERROR)");
      assertThat(good.requireOutput().values("y")).containsExactly(30);
    }
  }

  @Test
  void repeatedFailuresTakeTheVariantOut() throws Exception {
    try (LoadedModels both = singles(TinyModel.lookupOfZero(), TinyModel.lookup());
        PlannedSession session = Tiny.session(both).start()) {
      List<Outcome> outcomes = new ArrayList<>();
      Answer last = session.call(Tiny.ids(3));
      for (int i = 0; i < 20 && last.outcome() == Outcome.FAILED; i++) {
        outcomes.add(last.outcome());
        last = session.call(Tiny.ids(3));
      }

      assertThat(outcomes).hasSizeBetween(1, 5);
      assertThat(last.outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(last.requireServed().variant()).isEqualTo("variant-1");
      assertThat(last.requireOutput().values("y")).containsExactly(40);
    }
  }

  @Test
  void aBrokenVariantLeavesTheOthersServing() throws Exception {
    try (PlannedSession session =
        PlannedSession.builder()
            .variant(Tiny.variant("broken", 1, new byte[] {8}))
            .variant(Tiny.variant("good", 0.9, TinyModel.lookup()))
            .lengths(Tiny.LOOKUP_RULE)
            .latencyModel(Tiny.costs())
            .start()) {
      assertThat(session.variants()).extracting(VariantStatus::loaded).containsExactly(false, true);
      assertThat(session.call(Tiny.ids(1)).requireServed().variant()).isEqualTo("good");
    }
  }

  @Test
  void closingServesWhatWasAccepted() throws Exception {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    PlannedSession session = Tiny.session(models).start();
    for (int i = 0; i < 2000; i++) {
      answers.add(session.submit(Tiny.ids(1, 2)));
    }
    session.close();

    assertThat(answers).allMatch(CompletableFuture::isDone);
    for (CompletableFuture<Answer> answer : answers) {
      assertThat(answer.get().outcome()).isEqualTo(Outcome.COMPLETED);
    }
  }

  @Test
  void closingWithoutDrainTimeStillAnswersEveryRequest() throws Exception {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    PlannedSession session = Tiny.session(models).drain(Duration.ZERO).start();
    for (int i = 0; i < 2000; i++) {
      answers.add(session.submit(Tiny.ids(1, 2)));
    }
    session.close();

    for (CompletableFuture<Answer> answer : answers) {
      assertThat(answer).isDone();
      assertThat(answer.get().outcome()).isIn(Outcome.COMPLETED, Outcome.EVICTED, Outcome.REJECTED);
    }
  }

  @Test
  void refusesRequestsAfterClosing() throws Exception {
    PlannedSession session = Tiny.session(models).start();
    session.close();

    Answer answer = session.call(Tiny.ids(1));

    assertThat(answer.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(answer.reason()).isEqualTo(Reason.SHUTDOWN);
    assertThat(session.count(Outcome.REJECTED)).isEqualTo(1);
  }

  @Test
  void aTenantBeyondItsRateIsRejected() throws Exception {
    try (PlannedSession session =
        Tiny.session(models).tenant(new Tenant("slow", 1, 0.001, 1)).start()) {
      assertThat(session.call(Tiny.ids(1)).outcome()).isEqualTo(Outcome.COMPLETED);

      Answer second = session.call(Tiny.ids(1));

      assertThat(second.outcome()).isEqualTo(Outcome.REJECTED);
      assertThat(second.reason()).isEqualTo(Reason.RATE_LIMIT);
      assertThat(second.ending().retryAfterNanos()).isPositive();
    }
  }

  @Test
  void aWrongRequestIsRefusedWithoutTouchingOthers() throws Exception {
    try (PlannedSession session = Tiny.session(models).start()) {
      assertThatThrownBy(() -> session.submitAll(List.of(Tiny.ids(1), Tiny.ids(new long[17]))))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> session.submitAll(List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the batch is empty; it needs at least one request");

      assertThat(session.open()).isZero();
      List<CompletableFuture<Answer>> answers =
          session.submitAll(List.of(Tiny.ids(1), Tiny.ids(2)));
      assertThat(answers.get(0).get().requireOutput().values("y")).containsExactly(20);
      assertThat(answers.get(1).get().requireOutput().values("y")).containsExactly(30);
    }
  }

  @Test
  void offlineRequestsAreServedWithoutADeadline() throws Exception {
    try (PlannedSession session = Tiny.session(models).start()) {
      SessionRequest request =
          SessionRequest.builder().input("ids", InputRow.of(3L)).tier(Tier.OFFLINE).build();

      assertThat(session.call(request).outcome()).isEqualTo(Outcome.COMPLETED);
    }
  }

  @Test
  void refusesToStartWithAnObjectiveBelowOneRequest() {
    assertThatThrownBy(() ->
            Tiny.session(models).objective(Objective.interactive(Duration.ofNanos(500))).start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "latency objective PT0.0000005S of service 'tiny' is below the 10 us one request"
                + " takes; raise it");
  }

  @Test
  void refusesToStartWithoutAVariant() {
    assertThatThrownBy(() -> PlannedSession.builder().service("empty").start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("service 'empty' has no variant; add one with a model file or bytes");
  }

  @Test
  void refusesToStartWhenNoVariantIsLeft() {
    assertThatThrownBy(() ->
            PlannedSession.builder().variant(Tiny.variant("broken", 1, new byte[] {8})).start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("no variant can serve: variant 'broken': model cannot be loaded");
  }

  @Test
  void refusesAWorkerCountOutOfRange() {
    assertThatThrownBy(() -> PlannedSession.builder().workers(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("workers must be in [1, 64], is 0");
  }

  @Test
  void measuresTheModelsWhenNoCostsAreGiven() throws Exception {
    try (PlannedSession session =
        PlannedSession.builder().models(models).profileBudget(Duration.ZERO).start()) {
      assertThat(session.costPoints()).hasSize(12);
      assertThat(session.call(Tiny.ids(1)).outcome()).isEqualTo(Outcome.COMPLETED);
    }
  }

  /** Loads variants that run one request at a time. */
  private static LoadedModels singles(byte[]... forms) {
    List<ModelVariant> variants = new ArrayList<>();
    for (int i = 0; i < forms.length; i++) {
      variants.add(
          ModelVariant.bytes(
              new Variant("variant-" + i, 1 - 0.1 * i, 1, Tiny.MAX_LENGTH), forms[i], 1));
    }
    return LoadedModels.load(variants, Tiny.LOOKUP_RULE);
  }
}
