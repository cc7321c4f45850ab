package io.waip.cli.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Measures shapes in turns until each median is known well enough or the budget is spent. Each pass
 * executes each open shape once, in an order drawn anew, so that a slow phase of the machine falls
 * on all of them. Single thread.
 */
final class Profiler {
  /** Executions of each shape before those that count. */
  private static final int WARM_UPS = 2;

  private final ProfilePlan plan;
  private final LongSupplier clock;
  private final BooleanSupplier isCancelled;

  /** One execution, timed. */
  @FunctionalInterface
  interface Execution {
    /** Returns its time, nanoseconds. */
    long nanos(int batch, int length) throws InterruptedException;
  }

  /** Told of the progress. */
  @FunctionalInterface
  interface Listener {
    /** A pass is done; so many shapes are known well enough. */
    void passed(int passes, int settled, int shapes);
  }

  /**
   * What was measured.
   *
   * @param shapes with at least {@link ShapeTimes#LEAST} times each
   * @param leftOut shapes that the budget did not reach
   * @param passes over the shapes
   * @param settled shapes whose median is known as well as was asked
   */
  record Profile(
      List<ShapeTimes> shapes,
      List<ShapeTimes> leftOut,
      int passes,
      int settled,
      Duration spent,
      Jitter jitter) {}

  /**
   * Prepares.
   *
   * @param clock nanoseconds
   * @param isCancelled once true the profile ends soon
   */
  Profiler(ProfilePlan plan, LongSupplier clock, BooleanSupplier isCancelled) {
    this.plan = plan;
    this.clock = clock;
    this.isCancelled = isCancelled;
  }

  Profile measure(Execution execution, Listener listener) throws InterruptedException {
    long started = clock.getAsLong();
    long until = started + plan.budget().toNanos();
    Jitter jitter = new Jitter(clock);
    List<ShapeTimes> shapes = plan.shapes();
    // What the warm-up does not reach in half of the budget would not be measured in the other
    // half.
    List<ShapeTimes> open =
        new ArrayList<>(
            shapes.subList(0, warmUp(shapes, execution, until - plan.budget().toNanos() / 2)));
    List<ShapeTimes> warm = List.copyOf(open);
    SplittableRandom random = new SplittableRandom(plan.seed());
    int passes = 0;
    while (!open.isEmpty() && clock.getAsLong() < until && !isCancelled.getAsBoolean()) {
      Collections.shuffle(open, random);
      for (ShapeTimes shape : open) {
        if (clock.getAsLong() >= until || isCancelled.getAsBoolean()) {
          break;
        }
        shape.add(execution.nanos(shape.batch(), shape.length()));
        jitter.probe();
      }
      passes++;
      open.removeIf(shape -> shape.uncertainty() <= plan.precision());
      listener.passed(passes, warm.size() - open.size(), shapes.size());
    }
    List<ShapeTimes> measured =
        warm.stream().filter(shape -> shape.count() >= ShapeTimes.LEAST).toList();
    return new Profile(
        measured,
        shapes.stream().filter(shape -> !measured.contains(shape)).toList(),
        passes,
        warm.size() - open.size(),
        Duration.ofNanos(clock.getAsLong() - started),
        jitter);
  }

  /**
   * Executes shapes, smaller ones first, as long as the next one seems to end before a time: its
   * elements take as long as those of the one before. Returns how many were executed.
   */
  private int warmUp(List<ShapeTimes> shapes, Execution execution, long until)
      throws InterruptedException {
    int warm = 0;
    double nanosPerElement = 0;
    while (warm < shapes.size() && !isCancelled.getAsBoolean()) {
      ShapeTimes next = shapes.get(warm);
      if (clock.getAsLong() + WARM_UPS * nanosPerElement * next.elements() >= until) {
        break;
      }
      for (int i = 0; i < WARM_UPS; i++) {
        nanosPerElement = execution.nanos(next.batch(), next.length()) / (double) next.elements();
      }
      warm++;
    }
    return warm;
  }
}
