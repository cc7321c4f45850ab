package io.waip.replay.records;

import io.waip.api.schedule.Scheduler;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;

/**
 * A new file of records under way: a recorded scheduler, a ring, and the thread that writes.
 *
 * <p>The scheduler is confined to one thread, which also closes the log after its last event. The
 * file is whole only then: until then it lacks its end.
 */
public final class DecisionLog implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final RunSetup setup;
  private final OutputStream out;
  private final FrameWriter frames;
  private final RecordRing ring;
  private final RecordWriter writer;
  private final AgentRunner runner;
  private boolean isClosed;

  private DecisionLog(RunSetup setup, WhenFull whenFull, OutputStream out) throws IOException {
    this.setup = setup;
    this.out = out;
    frames = new FrameWriter(out, setup.toProto());
    ring = new RecordRing(RecordRing.CAPACITY, whenFull, this::hasFailed);
    writer = new RecordWriter(ring, frames);
    runner = new AgentRunner(new BackoffIdleStrategy(), DecisionLog::report, null, writer);
  }

  /**
   * Creates a file and starts to write.
   *
   * @param file must not exist
   * @throws IOException if it exists or cannot be written
   */
  public static DecisionLog create(Path file, RunSetup setup, WhenFull whenFull)
      throws IOException {
    OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            BUFFER_BYTES);
    DecisionLog log = new DecisionLog(setup, whenFull, out);
    AgentRunner.startOnThread(log.runner);
    return log;
  }

  private static void report(Throwable error) {
    throw new IllegalStateException("the writer of records", error);
  }

  private boolean hasFailed() {
    return writer.failure() != null || runner.isClosed();
  }

  /** Returns an idle scheduler of the setup that is recorded here; call once. */
  public Scheduler scheduler() {
    return setup.recordedScheduler(new RecordEncoder(ring));
  }

  /** Returns the number of records written; all once closed. */
  public long records() {
    return frames.records();
  }

  /** Returns the number of records lost; all once closed. */
  public long lost() {
    return frames.lost();
  }

  /** Returns the size of the file, bytes, once closed. */
  public long bytes() {
    return frames.bytes();
  }

  /**
   * Writes what is left and ends the file.
   *
   * @throws UncheckedIOException if not all could be written
   */
  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    SleepingIdleStrategy pause = new SleepingIdleStrategy();
    while (!ring.finish() && !hasFailed()) {
      pause.idle();
    }
    runner.close();
    Throwable failure = writer.failure();
    try {
      out.close();
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
    if (failure != null) {
      throw new UncheckedIOException(new IOException(failure.getMessage(), failure));
    }
  }
}
