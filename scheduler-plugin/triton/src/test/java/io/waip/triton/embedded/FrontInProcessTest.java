package io.waip.triton.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.nativebridge.rings.ArenaSlot;
import io.waip.nativebridge.rings.ArenaTensor;
import io.waip.nativebridge.rings.TensorType;
import io.waip.triton.DirectExecutor;
import io.waip.triton.InProcessPlanner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * This project's backend in the real core, planned by this JVM: forwarding without a planner,
 * merging with one, and batches executed here.
 */
@ExtendWith(TritonCore.class)
@Timeout(120)
class FrontInProcessTest {
  private InProcessFront front;

  @BeforeEach
  void start() {
    front = new InProcessFront();
  }

  @AfterEach
  void stop() {
    front.close();
  }

  @Test
  void forwardsOneToOneWithoutAPlanner() {
    front.add(Identity.model("echo"));
    front.add(front.onWaip(Identity.model("front"), "target", "echo"));
    assertThat(echoes("front", 20)).isEqualTo(20);
    awaitAnswered(20);
    assertThat(front.counter(InProcessFront.COUNTER_FORWARDED_NO_PLANNER)).isEqualTo(20);
  }

  @Test
  void mergesRequestsAsThePlannerDecides() {
    front.add(Identity.model("echo"));
    front.add(front.onWaip(Identity.model("front"), "target", "echo"));
    try (InProcessPlanner _ =
        front.plan(
            InProcessFront.service("front", Optional.empty(), "echo"), DirectExecutor.NONE)) {
      awaitPlanned("front");
      long answered = front.counter(InProcessFront.COUNTER_ANSWERED);
      long alone = front.savedChildren();
      for (int i = 0; i < 50; i++) {
        assertThat(echoes("front", 16)).isEqualTo(16);
      }
      awaitAnswered(answered + 800);
      assertThat(front.savedChildren() - alone).isGreaterThan(100);
    }
    // The planner is gone: its requests go to the target again.
    assertThat(echoes("front", 16)).isEqualTo(16);
  }

  @Test
  void runsInThisJvmWhatTritonsOwnBatcherFormed() {
    Doubling doubling = new Doubling();
    DynamicBatching eights =
        DynamicBatching.STOCK
            .withMaxQueueDelay(Duration.ofMillis(200))
            .withPreferredSizes(List.of(8));
    front.add(
        front.onWaip(
            Identity.model("double").toBuilder().batching(eights).build(), "mode", "direct"));
    try (InProcessPlanner _ =
        front.plan(InProcessFront.service("none", Optional.empty(), "double"), doubling)) {
      awaitPlanner("double");
      doubling.rows.clear();
      assertThat(answers("double", 8, 2)).isEqualTo(8);
      assertThat(doubling.rows).containsExactly(8);
    }
  }

  @Test
  void plansOverModelsThatThisJvmRuns() {
    Doubling doubling = new Doubling();
    front.add(front.onWaip(Identity.model("double"), "mode", "direct"));
    front.add(front.onWaip(Identity.model("front"), "target", "double"));
    try (InProcessPlanner _ =
        front.plan(InProcessFront.service("front", Optional.empty(), "double"), doubling)) {
      awaitPlanned("front");
      doubling.rows.clear();
      for (int i = 0; i < 20; i++) {
        assertThat(answers("front", 16, 2)).isEqualTo(16);
      }
      assertThat(doubling.rows).anyMatch(rows -> rows > 1);
      assertThat(doubling.rows.stream().mapToInt(rows -> rows).sum()).isEqualTo(320);
    }
    assertThat(statusOf("front")).isEqualTo(TritonStatus.UNAVAILABLE);
  }

  /** Waits until the front has published that many answers, and what it counted before them. */
  private void awaitAnswered(long answers) {
    while (front.counter(InProcessFront.COUNTER_ANSWERED) < answers) {
      Thread.onSpinWait();
    }
  }

  /** Sends requests at once; returns how many came back as they were. */
  private long echoes(String model, int requests) {
    return answers(model, requests, 1);
  }

  /** Sends requests at once; returns how many came back times {@code factor}. */
  private long answers(String model, int requests, float factor) {
    try (InferenceClient client = Identity.client(front.server, model, requests)) {
      List<CompletableFuture<InferenceResult>> sent =
          IntStream.range(0, requests)
              .mapToObj(i -> client.infer(call -> Identity.fill(call, 10 * i, 3)))
              .toList();
      long right = 0;
      for (int i = 0; i < requests; i++) {
        float[] values = sent.get(i).join().output("OUT0").floats();
        right += values.length == 3 && values[2] == factor * (10 * i + 2) ? 1 : 0;
      }
      return right;
    }
  }

  private TritonStatus statusOf(String model) {
    try (InferenceClient client = Identity.client(front.server, model, 1)) {
      return client
          .infer(call -> Identity.fill(call, 0, 1))
          .handle((result, failure) -> failure == null ? TritonStatus.OK : statusIn(failure))
          .join();
    }
  }

  private static TritonStatus statusIn(Throwable failure) {
    return failure instanceof TritonException e ? e.status() : TritonStatus.UNKNOWN;
  }

  /** Sends requests until one was given to the planner. */
  private void awaitPlanned(String model) {
    long before = front.counter(InProcessFront.COUNTER_PLANNED);
    while (front.counter(InProcessFront.COUNTER_PLANNED) == before) {
      statusOf(model);
    }
  }

  /** Sends requests until one is executed. */
  private void awaitPlanner(String model) {
    while (statusOf(model) != TritonStatus.OK) {
      Thread.onSpinWait();
    }
  }

  /** Answers each element times two. */
  private static final class Doubling implements DirectExecutor {
    final ConcurrentLinkedQueue<Integer> rows = new ConcurrentLinkedQueue<>();

    @Override
    public void run(String model, ArenaSlot slot) {
      ArenaTensor in = slot.inputs().get(0);
      ArenaTensor out = slot.addOutput("OUT0", TensorType.FP32, in.shape());
      for (int i = 0; i < in.elements(); i++) {
        out.data().putFloat(i * Float.BYTES, 2 * in.data().getFloat(i * Float.BYTES));
      }
      rows.add(slot.rows());
    }
  }
}
