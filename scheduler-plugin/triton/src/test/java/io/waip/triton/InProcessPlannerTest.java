package io.waip.triton;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.nativebridge.rings.ChannelView;
import io.waip.nativebridge.rings.RehearsalFront;
import io.waip.nativebridge.rings.SharedMapping;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The planner of a JVM that embeds the front follows it from mapping to mapping. */
@Timeout(60)
class InProcessPlannerTest {
  @TempDir private Path folder = Path.of("");
  private final List<String> log = new CopyOnWriteArrayList<>();

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      // The time-out of the test interrupts.
      assertThat(Thread.interrupted()).isFalse();
      Thread.onSpinWait();
    }
  }

  /** Writes a control page that names a mapping by a descriptor of this process. */
  private void control(long epoch, RandomAccessFile rings, int descriptor) throws IOException {
    ByteBuffer page = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    // Magic and version are those of the mapping.
    rings.seek(0);
    rings.readFully(page.array(), 0, 8);
    page.putLong(24, epoch).putInt(44, descriptor);
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve("control"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(page, 0);
    }
  }

  private static int descriptorOf(Path file) throws IOException {
    for (int i = 3; i < 4096; i++) {
      Path link = Path.of("/proc/self/fd/" + i);
      if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(file.toRealPath())) {
        return i;
      }
    }
    throw new IOException("no descriptor of " + file);
  }

  /** Serves one request on a mapping, then gives the mapping up. */
  private void serve(long epoch) throws IOException {
    Path rings = folder.resolve("rings" + epoch);
    RehearsalFront.create(rings, epoch);
    try (RandomAccessFile held = new RandomAccessFile(rings.toFile(), "rw");
        SharedMapping mapping = SharedMapping.attach(rings)) {
      assertThat(held.length()).isPositive();
      RehearsalFront front = new RehearsalFront(mapping, 0);
      front.open("embed", "fp32", ChannelView.FRONT, 8);
      control(epoch, held, descriptorOf(rings));
      await(() -> front.isReady() && front.isPlanned());
      front.request(0, 1).times(System.nanoTime(), 0).submit();
      await(front::pollDecision);
      assertThat(front.isDispatch()).isTrue();
      front.abandon();
      await(() -> log.stream().anyMatch(line -> line.contains("epoch " + epoch + " ended")));
    }
  }

  @Test
  void followsTheFrontFromMappingToMapping() throws IOException {
    try (InProcessPlanner planner =
        InProcessPlanner.start(
            folder.resolve("control"), Specs.spec(Specs.embed()), DirectExecutor.NONE, log::add)) {
      serve(1);
      serve(2);
      assertThat(planner.isPlanning()).isFalse();
    }
    assertThat(log).hasSize(2);
  }

  @Test
  void followsAFrontThatBeganAnew() throws IOException {
    try (InProcessPlanner planner =
        InProcessPlanner.start(
            folder.resolve("control"), Specs.spec(Specs.embed()), DirectExecutor.NONE, log::add)) {
      serve(1);
      log.clear();
      Files.delete(folder.resolve("control"));
      Files.delete(folder.resolve("rings1"));
      serve(1);
      assertThat(planner.isPlanning()).isFalse();
    }
    assertThat(log).hasSize(1);
  }

  @Test
  void closesWithoutAFront() {
    InProcessPlanner.start(
            folder.resolve("control"), Specs.spec(Specs.embed()), DirectExecutor.NONE, log::add)
        .close();
    assertThat(log).isEmpty();
  }
}
