package io.waip.triton;

import io.waip.nativebridge.rings.MappingException;
import io.waip.nativebridge.rings.SharedMapping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A planner in a process of its own, started by the front: maps its memory, warms up, plans until
 * the front gives the mapping up.
 *
 * <p>It never retries: whatever goes wrong ends the process with one line and an exit code, and the
 * front serves without it until it has started the next.
 */
public final class PlannerProcess {
  /** The front gave the mapping up, or is gone. */
  public static final int ENDED = 0;

  /** An error nobody caught. */
  public static final int FAILED = 1;

  /** The configuration cannot be used; {@link #run} does not give this one. */
  public static final int USAGE = 2;

  /** The front wrote what the protocol cannot give. 3 is the JVM's own: out of memory. */
  public static final int BROKEN = 4;

  /** The memory is not there, or of another version. */
  public static final int NO_MAPPING = 5;

  private PlannerProcess() {}

  /**
   * What a process works with.
   *
   * @param rings file of the mapping, such as {@code /proc/self/fd/3}
   * @param spec what to plan for
   * @param executor runs batches of models in direct mode
   * @param watchers told once a second what was seen
   * @param inbox of plans to schedule by
   * @param log takes one line for each change of state
   */
  public record Settings(
      Path rings,
      PlanningSpec spec,
      DirectExecutor executor,
      List<PlannerWatcher> watchers,
      PlanInbox inbox,
      Consumer<String> log) {
    /** Copies the list. */
    public Settings {
      watchers = List.copyOf(watchers);
    }
  }

  /**
   * Plans until the end; on the calling thread.
   *
   * @return the exit code of the process
   */
  public static int run(Settings settings) {
    try (SharedMapping mapping = SharedMapping.attach(settings.rings())) {
      mapping.announceVersion();
      return plan(settings, mapping);
    } catch (MappingException e) {
      settings.log().accept("planner: " + OneLine.of(e));
      return NO_MAPPING;
    } catch (IOException e) {
      settings.log().accept("planner: cannot map " + settings.rings() + ": " + OneLine.of(e));
      return NO_MAPPING;
    } catch (Throwable e) {
      settings.log().accept("planner: " + e.getClass().getSimpleName() + ": " + OneLine.of(e));
      return FAILED;
    }
  }

  private static int plan(Settings settings, SharedMapping mapping) {
    long started = System.nanoTime();
    LoopFigures warmed =
        SelfReplay.run(
            settings.spec(), SelfReplay.EVENTS, () -> mapping.heartbeat(System.nanoTime()));
    long millis = (System.nanoTime() - started) / 1_000_000;
    settings
        .log()
        .accept(
            "planner: epoch %d, warm after %d made-up requests in %d ms"
                .formatted(mapping.epoch(), warmed.submitted(), millis));
    PlannerLoop.Surroundings surroundings =
        new PlannerLoop.Surroundings(
            System::nanoTime,
            parentLives(),
            settings.executor(),
            settings.watchers(),
            settings.inbox());
    try (PlannerLoop loop = new PlannerLoop(mapping, settings.spec(), surroundings)) {
      PlannerLoop.End end = loop.run();
      settings.log().accept("planner: ended (%s): %s".formatted(end, loop.figures()));
      return end == PlannerLoop.End.BROKEN ? BROKEN : ENDED;
    }
  }

  /** Says whether the process that started this one is still its parent: the front lives then. */
  private static BooleanSupplier parentLives() {
    Optional<ProcessHandle> first = ProcessHandle.current().parent();
    return () -> first.isEmpty() || first.get().isAlive();
  }
}
