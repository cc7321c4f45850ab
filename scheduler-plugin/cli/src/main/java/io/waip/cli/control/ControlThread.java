package io.waip.cli.control;

import io.waip.scheduler.plan.apply.PlanStep;
import io.waip.triton.PlanInbox;
import io.waip.triton.PlannerWatcher;
import io.waip.triton.PlanningSpec;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link ControlLoop} beside a planner, on a daemon thread: takes windows from the planner's
 * thread, gives orders to its inbox, and lets a plan in its canary take turns with the one beside
 * it.
 *
 * <p>Fails open: where planning fails, the planner serves on by the last order, and one line says
 * so. A window that ends while {@value #WAITING} others wait is left out.
 */
public final class ControlThread implements AutoCloseable {
  private static final int WAITING = 2;
  private static final int TURNS_PER_WINDOW = 4;
  private static final long END_MILLIS = 10_000;

  private final BlockingQueue<SeenWindow> windows = new ArrayBlockingQueue<>(WAITING);
  private final ControlLoop loop;
  private final PlanningSpec spec;
  private final PlanInbox inbox;
  private final Duration period;
  private final Listener listener;
  private final WindowCollector collector;
  private final Thread thread;
  private volatile boolean closing;
  private PlanStep<ControlPlan> step;
  private boolean trialsTurn;

  /** Told of what the loop does, on its thread. */
  public interface Listener {
    /** A window came to a step. */
    void stepped(SeenWindow window, ControlStep step, ControlPlan proven);

    /** Planning failed, or a window was left out. */
    void said(String line);
  }

  private ControlThread(
      ControlLoop loop, PlanningSpec spec, PlanInbox inbox, Duration period, Listener listener) {
    this.loop = loop;
    this.spec = spec;
    this.inbox = inbox;
    this.period = period;
    this.listener = listener;
    step = ControlStep.idle(loop.inForce(), "").step();
    collector = new WindowCollector(period.toNanos(), this::windowEnded);
    thread = Thread.ofPlatform().daemon().name("waip-control").unstarted(this::run);
  }

  /**
   * Starts, with an order for the plan in force.
   *
   * @param period length of a window
   */
  public static ControlThread start(
      ControlLoop loop, PlanningSpec spec, PlanInbox inbox, Duration period, Listener listener) {
    ControlThread control = new ControlThread(loop, spec, inbox, period, listener);
    control.order(false);
    control.thread.start();
    return control;
  }

  /** Returns what gathers the windows; to be told what the planner sees. */
  public PlannerWatcher watcher() {
    return collector;
  }

  /** Ends the current window early, as a drift or a hint from outside asks. Any thread. */
  public void planSoon() {
    collector.endEarly();
  }

  private void windowEnded(SeenWindow window) {
    if (!windows.offer(window)) {
      listener.said("planner: a window was left out: planning takes longer than the period");
    }
  }

  private void run() {
    while (!closing) {
      try {
        SeenWindow window = next();
        if (window != null) {
          ControlStep taken = loop.windowEnded(window);
          step = taken.step();
          order(false);
          listener.stepped(window, taken, loop.proven());
        } else if (step.trialShare() > 0) {
          order(!trialsTurn);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | LinkageError e) {
        listener.said("planner: planning failed; the plan in force stays: " + line(e));
      }
    }
  }

  private @Nullable SeenWindow next() throws InterruptedException {
    long turn = period.toNanos() / TURNS_PER_WINDOW;
    double share = step.trialShare();
    long wait = share == 0 ? turn : Math.round(turn * (trialsTurn ? share : 1 - share));
    return windows.poll(wait, TimeUnit.NANOSECONDS);
  }

  private void order(boolean trials) {
    trialsTurn = trials;
    ControlPlan plan = trials ? step.trial() : step.usual();
    inbox.offer(spec, new PlanInbox.Order(loop.usualArm() + (trials ? 1 : 0), plan.services()));
  }

  private static String line(Throwable e) {
    String message = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
    return e.getClass().getSimpleName() + ": " + message;
  }

  /** Ends the thread; waits some seconds for what it plans now. */
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
