package io.waip.triton;

import io.waip.nativebridge.rings.ControlPage;
import io.waip.nativebridge.rings.SharedMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A planner in the JVM that embeds the front: one thread that plans on each mapping the front
 * makes, until it is closed.
 *
 * <p>The same loop as in {@link PlannerProcess}; only how it finds its memory differs. Where the
 * thread fails it says so in one line and takes the next mapping.
 */
public final class InProcessPlanner implements AutoCloseable {
  private static final long LOOK_NANOS = 5_000_000;
  private static final int LOOKS_PER_CHECK = 20;

  private final Path controlPage;
  private final PlanningSpec spec;
  private final DirectExecutor executor;
  private final Control control;
  private final Consumer<String> log;
  private final Thread thread;
  private final Object stopLock = new Object();
  private volatile boolean closing;
  private volatile @Nullable PlannerLoop loop;

  /**
   * Who watches the planner and gives it plans.
   *
   * @param watchers told once a second what was seen; {@link PlannerWatcher#ended()} for each
   *     mapping that it planned on
   */
  public record Control(List<PlannerWatcher> watchers, PlanInbox inbox) {
    /** Nobody. */
    public static final Control NONE = new Control(List.of(), new PlanInbox());

    /** Copies the list. */
    public Control {
      watchers = List.copyOf(watchers);
    }
  }

  private InProcessPlanner(
      Path controlPage,
      PlanningSpec spec,
      DirectExecutor executor,
      Control control,
      Consumer<String> log) {
    this.control = control;
    this.controlPage = controlPage;
    this.spec = spec;
    this.executor = executor;
    this.log = log;
    thread = Thread.ofPlatform().name("waip-planner").daemon().unstarted(this::run);
  }

  /**
   * Warms up and starts the thread.
   *
   * @param controlPage the front's file {@code control}; it need not exist yet
   * @param log takes one line for each change of state
   */
  public static InProcessPlanner start(
      Path controlPage, PlanningSpec spec, DirectExecutor executor, Consumer<String> log) {
    return start(controlPage, spec, executor, Control.NONE, log);
  }

  /**
   * Warms up and starts the thread, watched and given plans.
   *
   * @param controlPage the front's file {@code control}; it need not exist yet
   * @param log takes one line for each change of state
   */
  public static InProcessPlanner start(
      Path controlPage,
      PlanningSpec spec,
      DirectExecutor executor,
      Control control,
      Consumer<String> log) {
    InProcessPlanner planner = new InProcessPlanner(controlPage, spec, executor, control, log);
    planner.thread.start();
    return planner;
  }

  private void run() {
    SelfReplay.run(spec, SelfReplay.EVENTS, () -> {});
    while (!closing) {
      try (ControlPage page = ControlPage.open(controlPage)) {
        follow(page, Objects.requireNonNull(fileKey(), "a control page has an inode"));
      } catch (IOException e) {
        // The front is not there yet, or between two lives.
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
  }

  private @Nullable Object fileKey() throws IOException {
    return Files.readAttributes(controlPage, BasicFileAttributes.class).fileKey();
  }

  /** Plans on each new mapping until the page is no longer the front's, as after its restart. */
  private void follow(ControlPage page, Object key) throws IOException {
    long seen = 0;
    int looks = 0;
    while (!closing) {
      int descriptor = page.mappingDescriptor();
      if (descriptor >= 0 && page.epoch() != seen) {
        seen = plan(Path.of("/proc/self/fd/" + descriptor), seen);
      }
      LockSupport.parkNanos(LOOK_NANOS);
      looks++;
      if (looks % LOOKS_PER_CHECK == 0 && !key.equals(fileKey())) {
        return;
      }
    }
  }

  private long plan(Path rings, long seen) throws IOException {
    try (SharedMapping mapping = SharedMapping.attach(rings)) {
      long epoch = mapping.epoch();
      if (epoch == seen || mapping.isAbandoned()) {
        return seen;
      }
      PlannerLoop.Surroundings surroundings =
          new PlannerLoop.Surroundings(
              System::nanoTime, () -> true, executor, control.watchers(), control.inbox());
      try (PlannerLoop current = new PlannerLoop(mapping, spec, surroundings)) {
        loop = current;
        PlannerLoop.End end = closing ? PlannerLoop.End.STOPPED : current.run();
        loop = null;
        log.accept("planner: epoch %d ended (%s): %s".formatted(epoch, end, current.figures()));
      } catch (RuntimeException | Error e) {
        log.accept(
            "planner: epoch %d failed: %s: %s"
                .formatted(epoch, e.getClass().getSimpleName(), OneLine.of(e)));
      } finally {
        // A stop that is under way uses the mapping, which is closed next.
        synchronized (stopLock) {
          loop = null;
        }
      }
      return epoch;
    }
  }

  /** Says whether it plans on a mapping now. */
  public boolean isPlanning() {
    return loop != null;
  }

  /** Ends the planner and waits for its thread. */
  @Override
  public void close() {
    closing = true;
    synchronized (stopLock) {
      PlannerLoop current = loop;
      if (current != null) {
        current.stop();
      }
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
