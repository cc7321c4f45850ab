package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.deployment.Variant;
import io.waip.nativebridge.rings.ArenaSlot;
import io.waip.nativebridge.rings.RehearsalFront;
import io.waip.nativebridge.rings.SharedMapping;
import io.waip.onnxruntime.SwitchableModel.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // opened before each test
@Timeout(60)
class SwitchableModelTest {
  @TempDir private Path folder;
  private SharedMapping mapping;
  private ArenaSlot slot;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<HeldRunner> opened = new CopyOnWriteArrayList<>();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final AtomicInteger atOnce = new AtomicInteger();
  private int openable = Integer.MAX_VALUE;

  /** A session whose batches end when they are let go. */
  private final class HeldRunner implements SlotRunner {
    private final int threads;
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore letGo = new Semaphore(0);
    private boolean isClosed;
    private boolean runs;

    private HeldRunner(int threads) {
      this.threads = threads;
    }

    @Override
    public synchronized void run(ArenaSlot slot) throws InterruptedException {
      assertThat(isClosed).as("a batch on a closed session").isFalse();
      runs = true;
      int now = atOnce.incrementAndGet();
      mostAtOnce.accumulateAndGet(now, Math::max);
      begun.release();
      letGo.acquire();
      atOnce.decrementAndGet();
      runs = false;
    }

    @Override
    public synchronized void close() {
      assertThat(runs).as("a running session closed").isFalse();
      assertThat(isClosed).as("closed twice").isFalse();
      isClosed = true;
    }
  }

  @BeforeEach
  void open() throws IOException {
    Path rings = folder.resolve("rings");
    RehearsalFront.create(rings, 1);
    mapping = SharedMapping.attach(rings);
    slot = mapping.slot(0);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    mapping.close();
  }

  private SwitchableModel model(int threads, int instances) {
    return new SwitchableModel(
        count -> {
          if (opened.size() >= openable) {
            throw new IllegalStateException("no memory for another session");
          }
          HeldRunner runner = new HeldRunner(count);
          opened.add(runner);
          return runner;
        },
        new Sessions(threads, instances));
  }

  private Future<Boolean> run(SwitchableModel model) {
    return threads.submit(() -> {
      model.run(slot);
      return true;
    });
  }

  private Future<Boolean> resize(SwitchableModel model, int threadsEach, int instances) {
    return threads.submit(() -> {
      model.resize(new Sessions(threadsEach, instances));
      return true;
    });
  }

  @Test
  void runsAsManyBatchesAtOnceAsItHasSessions() throws Exception {
    SwitchableModel model = model(4, 2);
    List<Future<Boolean>> runs = List.of(run(model), run(model), run(model));
    opened.forEach(runner -> runner.begun.acquireUninterruptibly());

    assertThat(opened).extracting(runner -> runner.threads).containsExactly(4, 4);
    opened.forEach(runner -> runner.letGo.release(3));
    for (Future<Boolean> run : runs) {
      assertThat(run.get()).isTrue();
    }
    assertThat(mostAtOnce).hasValue(2);
  }

  @Test
  void oldSessionsEndTheirBatchesBeforeTheyCloseWhileNewOnesRunAlready() throws Exception {
    SwitchableModel model = model(1, 2);
    Future<Boolean> old = run(model);
    HeldRunner first = opened.getFirst();
    first.begun.acquire();

    Future<Boolean> resized = resize(model, 2, 1);
    while (!model.sessions().equals(new Sessions(2, 1))) {
      Thread.onSpinWait();
    }
    Future<Boolean> next = run(model);
    HeldRunner fresh = opened.get(2);
    fresh.begun.acquire();

    assertThat(fresh.threads).isEqualTo(2);
    assertThat(first.isClosed).isFalse();
    assertThat(resized.isDone()).isFalse();
    first.letGo.release();
    assertThat(old.get()).isTrue();
    assertThat(resized.get()).isTrue();
    assertThat(opened).extracting(runner -> runner.isClosed).containsExactly(true, true, false);
    fresh.letGo.release();
    assertThat(next.get()).isTrue();
    model.close();
    assertThat(fresh.isClosed).isTrue();
  }

  @Test
  void aBatchThatWaitsForAnOldSessionIsRunByANewOne() throws Exception {
    SwitchableModel model = model(1, 1);
    Future<Boolean> old = run(model);
    opened.getFirst().begun.acquire();
    Future<Boolean> waiting = run(model);

    Future<Boolean> resized = resize(model, 1, 2);
    while (opened.size() < 3) {
      Thread.onSpinWait();
    }
    opened.get(1).letGo.release();
    opened.get(2).letGo.release();
    assertThat(waiting.get()).isTrue();

    opened.getFirst().letGo.release();
    assertThat(old.get()).isTrue();
    assertThat(resized.get()).isTrue();
  }

  @Test
  void aSessionThatCannotBeOpenedLeavesTheOldOnesServing() throws Exception {
    SwitchableModel model = model(1, 1);
    openable = 3;

    assertThatIllegalStateException()
        .isThrownBy(() -> model.resize(new Sessions(2, 3)))
        .withMessage("no memory for another session");

    assertThat(opened).extracting(runner -> runner.isClosed).containsExactly(false, true, true);
    assertThat(model.sessions()).isEqualTo(new Sessions(1, 1));
    Future<Boolean> run = run(model);
    opened.getFirst().letGo.release();
    assertThat(run.get()).isTrue();
  }

  @Test
  void theSameSessionsAgainAreNotOpened() throws Exception {
    SwitchableModel model = model(3, 2);
    model.resize(new Sessions(3, 2));
    assertThat(opened).hasSize(2);
    assertThatIllegalArgumentException().isThrownBy(() -> new Sessions(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Sessions(1, 0));
  }

  @Test
  void refusesBatchesOnceClosed() {
    SwitchableModel model = model(1, 1);
    model.close();
    assertThatThrownBy(() -> model.run(slot))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the model is closed");
  }

  @Test
  void losesNoBatchUnderManyChanges() throws Exception {
    SwitchableModel model = model(1, 1);
    AtomicBoolean ends = new AtomicBoolean();
    AtomicInteger ran = new AtomicInteger();
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      callers.add(
          CompletableFuture.runAsync(
              () -> {
                while (!ends.get()) {
                  try {
                    model.run(slot);
                    ran.incrementAndGet();
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                }
              },
              threads));
    }
    for (int i = 0; i < 300; i++) {
      opened.forEach(runner -> runner.letGo.release(1_000_000));
      Future<Boolean> resized = resize(model, 1 + i % 3, 1 + i % 2 + i % 5);
      while (!resized.isDone()) {
        List.copyOf(opened).forEach(runner -> runner.letGo.release(1));
      }
      resized.get();
    }
    ends.set(true);
    opened.forEach(runner -> runner.letGo.release(1_000));
    callers.forEach(CompletableFuture::join);

    assertThat(ran.get()).isPositive();
    long alive = opened.stream().filter(runner -> !runner.isClosed).count();
    assertThat(alive).isEqualTo(model.sessions().instances());
    model.close();
  }

  @Test
  void runsTheSameModelWithOtherThreads() throws Exception {
    ModelVariant variant =
        ModelVariant.bytes(new Variant("tiny", 1, 8, 8), TinyModel.doubling(), 1);
    try (SwitchableModel model = SwitchableModel.load(variant, Set.of(), 1)) {
      model.resize(new Sessions(2, 3));
      assertThat(model.sessions()).isEqualTo(new Sessions(2, 3));
    }
    assertThat(variant.withIntraOpThreads(2).intraOpThreads()).isEqualTo(2);
    assertThat(variant.intraOpThreads()).isEqualTo(1);
  }
}
