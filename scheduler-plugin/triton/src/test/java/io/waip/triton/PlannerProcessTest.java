package io.waip.triton;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.nativebridge.rings.ArenaTensor;
import io.waip.nativebridge.rings.ChannelView;
import io.waip.nativebridge.rings.RehearsalFront;
import io.waip.nativebridge.rings.RehearsalSlot;
import io.waip.nativebridge.rings.SharedMapping;
import io.waip.nativebridge.rings.TensorType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole process on a mapping in a file, with a front on the other side of it. */
@Timeout(60)
class PlannerProcessTest {
  @TempDir private Path folder = Path.of("");
  private final List<String> log = new CopyOnWriteArrayList<>();
  private Path rings = Path.of("");

  @BeforeEach
  void create() throws IOException {
    rings = folder.resolve("rings");
    RehearsalFront.create(rings, 3);
  }

  private CompletableFuture<Integer> start(DirectExecutor executor) {
    PlannerProcess.Settings settings =
        new PlannerProcess.Settings(
            rings, Specs.spec(Specs.embed()), executor, List.of(), new PlanInbox(), log::add);
    // A thread of its own: one that a failed test leaves running must not keep the next from it.
    return CompletableFuture.supplyAsync(
        () -> PlannerProcess.run(settings), task -> Thread.ofPlatform().daemon().start(task));
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(100_000);
    }
  }

  @Test
  void servesUntilTheFrontGivesTheMappingUp() throws Exception {
    try (SharedMapping mapping = SharedMapping.attach(rings)) {
      RehearsalFront front = new RehearsalFront(mapping, 0);
      front.open("embed", "fp32", ChannelView.FRONT, 8);
      CompletableFuture<Integer> exit = start(DirectExecutor.NONE);
      await(() -> front.isReady() && front.isPlanned());
      for (int slot = 0; slot < 200; slot++) {
        front.request(slot, 1).times(System.nanoTime(), 0).shape(20, 1).submit();
        await(front::pollDecision);
        front.completed(front.dispatch(), Specs.MS);
      }
      front.abandon();
      assertThat(exit.get()).isEqualTo(PlannerProcess.ENDED);
      assertThat(log).anyMatch(line -> line.contains("ABANDONED") && line.contains("=200"));
    }
  }

  @Test
  void theHeartbeatGoesOnWhileNothingHappens() throws Exception {
    try (SharedMapping mapping = SharedMapping.attach(rings)) {
      RehearsalFront front = new RehearsalFront(mapping, 0);
      CompletableFuture<Integer> exit = start(DirectExecutor.NONE);
      await(front::isReady);
      long[] gaps = new long[51];
      long last = front.heartbeatNanos();
      for (int beats = 0; beats < gaps.length; ) {
        long beat = front.heartbeatNanos();
        if (beat != last) {
          gaps[beats++] = beat - last;
          last = beat;
        }
        LockSupport.parkNanos(100_000);
      }
      Arrays.sort(gaps);
      // Sleeps of 20 ms; the median, because a busy machine may hold any one of them up.
      assertThat(gaps[gaps.length / 2]).isLessThan(50 * Specs.MS);
      front.abandon();
      assertThat(exit.get()).isEqualTo(PlannerProcess.ENDED);
    }
  }

  @Test
  void anotherVersionEndsItWithOneLine() throws Exception {
    try (RandomAccessFile raw = new RandomAccessFile(rings.toFile(), "rw")) {
      raw.seek(4);
      raw.write(9);
    }
    assertThat(start(DirectExecutor.NONE).get()).isEqualTo(PlannerProcess.NO_MAPPING);
    assertThat(log).hasSize(1).allMatch(line -> line.matches(".*version 9, needed is \\d+.*"));
  }

  @Test
  void noMappingEndsItWithOneLine() throws Exception {
    rings = folder.resolve("absent");
    assertThat(start(DirectExecutor.NONE).get()).isEqualTo(PlannerProcess.NO_MAPPING);
    assertThat(log).hasSize(1);
  }

  @Test
  void aBrokenRingEndsIt() throws Exception {
    try (SharedMapping mapping = SharedMapping.attach(rings)) {
      RehearsalFront front = new RehearsalFront(mapping, 0);
      front.open("embed", "fp32", ChannelView.FRONT, 8);
      CompletableFuture<Integer> exit = start(DirectExecutor.NONE);
      await(() -> front.isReady() && front.isPlanned());
      try (RandomAccessFile raw = new RandomAccessFile(rings.toFile(), "rw")) {
        // The turn of the first cell of the submit ring.
        raw.seek(4096 + 12288);
        raw.write(77);
      }
      assertThat(exit.get()).isEqualTo(PlannerProcess.BROKEN);
    }
  }

  @Test
  void batchesOfADirectModelAreExecutedAndFailuresTold() throws Exception {
    DirectExecutor doubler =
        (model, slot) -> {
          ArenaTensor in = slot.inputs().get(0);
          if (model.equals("broken")) {
            throw new IllegalStateException("first line\nsecond line");
          }
          ArenaTensor out = slot.addOutput("y", in.type(), in.shape());
          for (int i = 0; i < in.elements(); i++) {
            out.data().putFloat(4 * i, 2 * in.data().getFloat(4 * i));
          }
        };
    try (SharedMapping mapping = SharedMapping.attach(rings)) {
      RehearsalFront good = new RehearsalFront(mapping, 0);
      good.open("double", "", ChannelView.DIRECT, 8);
      RehearsalFront bad = new RehearsalFront(mapping, 1);
      bad.open("broken", "", ChannelView.DIRECT, 8);
      CompletableFuture<Integer> exit = start(doubler);
      await(good::isReady);
      RehearsalSlot slot = post(mapping, 4);
      good.execute(4, 11);
      await(slot::isDone);
      assertThat(slot.succeeded()).isTrue();
      assertThat(slot.outputName(0)).isEqualTo("y");
      assertThat(slot.outputShape(0)).containsExactly(2, 1);
      assertThat(slot.outputBytes(0).getFloat(4)).isEqualTo(5);
      RehearsalSlot failing = post(mapping, 5);
      bad.execute(5, 11);
      await(failing::isDone);
      assertThat(failing.succeeded()).isFalse();
      assertThat(failing.message()).isEqualTo("first line second line");
      good.abandon();
      assertThat(exit.get()).isEqualTo(PlannerProcess.ENDED);
    }
  }

  private static RehearsalSlot post(SharedMapping mapping, int index) {
    ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
    data.putFloat(0, 1.5f).putFloat(4, 2.5f);
    RehearsalSlot slot = new RehearsalSlot(mapping, index).begin(11, 2);
    slot.input("x", TensorType.FP32, new long[] {2, 1}, data).post();
    return slot;
  }
}
