package io.waip.onnxruntime.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxJavaType;
import io.waip.api.agreement.AgreementRule;
import io.waip.scheduler.plan.agreement.QualityListener;
import io.waip.scheduler.plan.agreement.VariantQuality;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Models answer with their input, changed by an amount. */
@Timeout(60)
class ShadowDeskTest {
  private static final int REFERENCE = 0;
  private static final int INT8 = 1;

  private final Echo fp32 = new Echo(x -> x);
  private final Echo int8 = new Echo(x -> x);
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final ShadowDesk desk = desk(new Events());

  private ShadowDesk desk(QualityListener listener) {
    return new ShadowDesk(
        new AgreementRule("y", new AbsoluteAgreement(0.5), 1, 0.01, 3),
        List.of("fp32", "int8"),
        List.of(fp32, int8),
        listener);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private final class Events implements QualityListener {
    @Override
    public void left(VariantQuality variant) {
      events.add("left " + variant.model());
    }

    @Override
    public void mayReturn(VariantQuality variant) {
      events.add("may return " + variant.model());
    }
  }

  private static DenseTensor tensor(String name, float... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.nativeOrder());
    data.asFloatBuffer().put(values);
    return new DenseTensor(name, OnnxJavaType.FLOAT, List.of((long) values.length), data);
  }

  /** A model of one value for each row. */
  private static final class Echo implements ComparedModel {
    private final UnaryOperator<Float> change;
    final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    volatile CountDownLatch entered = new CountDownLatch(1);
    volatile boolean blocks;
    volatile boolean fails;
    private boolean stopped;

    Echo(UnaryOperator<Float> change) {
      this.change = change;
    }

    @Override
    public synchronized void ready() {
      stopped = false;
    }

    @Override
    public DenseTensor run(List<DenseTensor> inputs, String output) throws InterruptedException {
      entered.countDown();
      awaitStop();
      if (fails) {
        throw new IllegalStateException("out of order");
      }
      DenseTensor input = inputs.getFirst();
      batches.add(input.rows());
      float[] values = new float[input.rows()];
      for (int i = 0; i < values.length; i++) {
        values[i] = change.apply(input.data().getFloat(i * Float.BYTES));
      }
      return tensor(output, values);
    }

    private synchronized void awaitStop() throws InterruptedException {
      while (blocks && !stopped) {
        wait();
      }
      if (stopped) {
        throw new IllegalStateException("terminated");
      }
    }

    @Override
    public synchronized void stop() {
      stopped = true;
      notifyAll();
    }

    @Override
    public void close() {}
  }

  /** A batch of the values 10, 11, ... to which a variant answered with a difference. */
  private record Batch(long id, int variant, int rows, float off) implements ServedBatch {
    private DenseTensor values(String name, float added) {
      float[] values = new float[rows];
      for (int i = 0; i < rows; i++) {
        values[i] = 10 + i + added;
      }
      return tensor(name, values);
    }

    @Override
    public List<DenseTensor> inputs() {
      return List.of(values("x", 0));
    }

    @Override
    public DenseTensor output() {
      return values("y", off);
    }

    @Override
    public BitSet real(int row) {
      return new BitSet();
    }
  }

  private void serve(int count, int variant, int rows, float off) {
    for (int i = 0; i < count; i++) {
      desk.started();
      desk.served(new Batch(i, variant, rows, off));
      desk.ended();
    }
  }

  @Test
  void theReferenceAnswersTheDrawnRowAlone() throws InterruptedException {
    serve(3, INT8, 8, 0.25f);
    desk.awaitCompared();
    assertThat(fp32.batches).containsExactly(1, 1, 1);
    assertThat(int8.batches).isEmpty();
    VariantQuality.BatchClass ofEight = desk.qualities().getFirst().batches().get(2);
    assertThat(ofEight.compared()).isEqualTo(3);
    assertThat(ofEight.agreed()).isEqualTo(3);
    assertThat(ofEight.served()).isEqualTo(1);
  }

  @Test
  void anAnswerThatIsOffDoesNotAgree() throws InterruptedException {
    serve(3, INT8, 1, 0.75f);
    desk.awaitCompared();
    assertThat(desk.qualities().getFirst().batches().getFirst().agreed()).isZero();
    assertThat(desk.counts().compared()).isEqualTo(3);
  }

  /** What a variant answers depends on the batch: it gets the reference's whole batch. */
  @Test
  void aVariantThatDoesNotServeIsTriedOnWholeBatchesOfTheReference() throws InterruptedException {
    serve(2, REFERENCE, 8, 0);
    desk.awaitCompared();
    assertThat(int8.batches).containsExactly(8, 8);
    assertThat(fp32.batches).isEmpty();
    assertThat(desk.qualities().getFirst().batches().get(2).agreed()).isEqualTo(2);
  }

  @Test
  void nothingIsComparedWhileAnExecutionRuns() throws InterruptedException {
    desk.started();
    serve(10, INT8, 1, 0);
    assertThat(desk.counts().pending()).isEqualTo(10);
    assertThat(fp32.batches).isEmpty();
    desk.ended();
    desk.awaitCompared();
    assertThat(desk.counts().compared()).isEqualTo(10);
  }

  @Test
  void whatFindsNoRoomIsDroppedAndCounted() throws InterruptedException {
    desk.started();
    serve(ShadowDesk.CAPACITY + 5, INT8, 1, 0);
    assertThat(desk.counts().dropped()).isEqualTo(5);
    desk.ended();
    desk.awaitCompared();
    assertThat(desk.counts().compared()).isEqualTo(ShadowDesk.CAPACITY);
  }

  @Test
  void aComparisonGivesWayToARequestAndIsMadeLater() throws InterruptedException {
    fp32.blocks = true;
    serve(1, INT8, 1, 0);
    fp32.entered.await();
    desk.started();
    fp32.blocks = false;
    desk.ended();
    desk.awaitCompared();
    assertThat(desk.counts().stopped()).isEqualTo(1);
    assertThat(desk.counts().compared()).isEqualTo(1);
    assertThat(desk.counts().failed()).isZero();
  }

  @Test
  void oneThatIsAlwaysStoppedIsDropped() throws InterruptedException {
    fp32.blocks = true;
    serve(1, INT8, 1, 0);
    for (int i = 0; i < ShadowDesk.TRIES; i++) {
      fp32.entered.await();
      fp32.entered = new CountDownLatch(1);
      desk.started();
      desk.ended();
    }
    desk.awaitCompared();
    assertThat(desk.counts().stopped()).isEqualTo(ShadowDesk.TRIES);
    assertThat(desk.counts().dropped()).isEqualTo(1);
    assertThat(desk.counts().compared()).isZero();
  }

  @Test
  void aFailureIsCountedAndComparesNothing() throws InterruptedException {
    fp32.fails = true;
    serve(2, INT8, 1, 0);
    desk.awaitCompared();
    assertThat(desk.counts().failed()).isEqualTo(2);
    assertThat(desk.counts().lastFailure()).contains("out of order");
    assertThat(desk.qualities().getFirst().compared()).isZero();
  }

  @Test
  void tellsOfAVariantThatFellAndOfItsReturn() throws InterruptedException {
    desk.rely(INT8, 0.99);
    serve(40, INT8, 1, 3);
    desk.awaitCompared();
    assertThat(desk.qualities().getFirst().standing()).isEqualTo(VariantQuality.Standing.LEFT);
    desk.reset(INT8, 0.5);
    serve(40, REFERENCE, 1, 0);
    desk.awaitCompared();
    desk.close();
    assertThat(events).containsExactly("left int8", "may return int8");
  }

  @Test
  void aListenerThatThrowsDoesNotEndTheComparisons() throws InterruptedException {
    QualityListener throwing =
        new QualityListener() {
          @Override
          public void left(VariantQuality variant) {
            throw new IllegalStateException("listener");
          }

          @Override
          public void mayReturn(VariantQuality variant) {}
        };
    try (ShadowDesk other = desk(throwing)) {
      other.rely(INT8, 0.99);
      for (int i = 0; i < 40; i++) {
        other.served(new Batch(i, INT8, 1, 3));
      }
      other.awaitCompared();
      for (int i = 0; i < 3; i++) {
        other.served(new Batch(i, REFERENCE, 1, 3));
        other.served(new Batch(i, INT8, 1, 3));
      }
      other.awaitCompared();
      assertThat(other.counts().lastFailure()).contains("listener");
      assertThat(other.counts().compared()).isEqualTo(43);
    }
  }

  @Test
  void closingStopsTheComparisonThatRunsAndDropsTheRest() throws InterruptedException {
    fp32.blocks = true;
    serve(3, INT8, 1, 0);
    fp32.entered.await();
    desk.close();
    assertThat(desk.counts().pending()).isZero();
    assertThat(desk.counts().dropped()).isEqualTo(3);
  }

  @Test
  void everyVariantNeedsAModel() {
    AgreementRule rule = new AgreementRule("y", new ArgmaxAgreement(), 1, 0.01, 3);
    assertThatThrownBy(
            () -> new ShadowDesk(rule, List.of("a", "b"), List.of(fp32), QualityListener.NONE))
        .hasMessageContaining("2 names for 1 models");
  }
}
