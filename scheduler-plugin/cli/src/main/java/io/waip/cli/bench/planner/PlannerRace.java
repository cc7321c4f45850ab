package io.waip.cli.bench.planner;

import io.waip.cli.control.ControlLoop;
import io.waip.cli.control.ControlPlan;
import io.waip.cli.control.ControlStep;
import io.waip.cli.control.ControlThread;
import io.waip.cli.control.SeenWindow;
import io.waip.cli.runtime.Cancellation;
import io.waip.cli.runtime.ProgressLine;
import io.waip.scheduler.plan.apply.PlanStep;
import io.waip.triton.PlanInbox;
import io.waip.triton.PlanningSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the arms on a stage. */
final class PlannerRace {
  private final Terms terms;
  private final PlanInbox inbox;
  private final SwitchableWatcher watcher;
  private final OpenLoop sender;
  private final ProgressLine progress;

  /**
   * What is raced over.
   *
   * @param spec what planner and loops start from
   * @param phases of the workload
   * @param phaseSeconds length of each under the planner
   * @param sweepSeconds length of each under a static plan
   * @param period of the loop
   */
  record Terms(
      PlanningSpec spec,
      BenchPlans plans,
      List<Phase> phases,
      double phaseSeconds,
      double sweepSeconds,
      Duration period,
      long sloNanos,
      long seed) {}

  /** What runs beside the stage. */
  record Wiring(
      PlanInbox inbox,
      SwitchableWatcher watcher,
      ProgressLine progress,
      Cancellation cancellation) {}

  /**
   * A run under a control loop.
   *
   * @param startNanos when its load began, by the clock of its windows
   * @param first plan that it began with
   */
  record Looped(LoadRun run, ArmLog log, long startNanos, ControlPlan first) {}

  PlannerRace(PlannerStage stage, Terms terms, Wiring wiring) {
    this.terms = terms;
    inbox = wiring.inbox();
    watcher = wiring.watcher();
    progress = wiring.progress();
    sender = new OpenLoop(stage, wiring.cancellation());
  }

  /** Returns the goodput of each static plan in each phase; plans take turns within a phase. */
  List<Map<StaticPlan, Double>> sweep() throws InterruptedException {
    warm();
    List<Map<StaticPlan, Double>> phases = new ArrayList<>();
    for (Phase phase : terms.phases()) {
      Map<StaticPlan, Double> goodput = new LinkedHashMap<>();
      for (StaticPlan plan : StaticPlan.sweep()) {
        progress.update("static", phase.name() + ": " + plan.title());
        LoadRun run = runStatic(plan, phase, terms.sweepSeconds());
        // What the change of plans left in the queues is over by then.
        long from = Math.round(terms.sweepSeconds() * 1e9 / 10);
        goodput.put(plan, run.goodputRps(from, run.load().startNanos(1)));
      }
      phases.add(goodput);
    }
    return phases;
  }

  /** Lets every form run before anything counts. */
  private void warm() throws InterruptedException {
    progress.update("warm-up", "every form of the model once");
    for (StaticPlan plan : StaticPlan.sweep()) {
      runStatic(plan, terms.phases().getLast(), 2);
    }
  }

  private LoadRun runStatic(StaticPlan plan, Phase phase, double seconds)
      throws InterruptedException {
    inbox.offer(terms.spec(), new PlanInbox.Order(0, plan.plan().services()));
    PhasedLoad load = PhasedLoad.draw(List.of(phase), seconds, terms.seed());
    return sender.run(load, terms.sloNanos());
  }

  /** Runs the phases one after the other under a loop that begins with a bad plan. */
  Looped planned() throws InterruptedException {
    PhasedLoad load = PhasedLoad.draw(terms.phases(), terms.phaseSeconds(), terms.seed() + 1);
    return looped(load, terms.spec(), StaticPlan.BAD.plan());
  }

  /**
   * Runs a phase under a loop that starts from a good plan and from times that are wrong.
   *
   * @param wrong specification with such times
   * @param good plan to begin with
   */
  Looped misled(PlanningSpec wrong, Phase phase, StaticPlan good) throws InterruptedException {
    PhasedLoad load = PhasedLoad.draw(List.of(phase), terms.phaseSeconds(), terms.seed() + 2);
    return looped(load, wrong, good.plan());
  }

  private Looped looped(PhasedLoad load, PlanningSpec spec, ControlPlan first)
      throws InterruptedException {
    ArmLog log = new ArmLog(line -> progress.update("planned", line));
    ControlLoop loop = new ControlLoop(terms.plans().setting(spec, terms.seed()), first);
    try (ControlThread control =
        ControlThread.start(loop, terms.spec(), inbox, terms.period(), log)) {
      watcher.to(control.watcher());
      long start = System.nanoTime();
      LoadRun run = sender.run(load, terms.sloNanos());
      return new Looped(run, log, start, first);
    } finally {
      watcher.toNobody();
    }
  }

  /** Says whether a loop that is told the same windows takes the same steps. */
  boolean repeats(Looped looped) {
    ControlLoop again =
        new ControlLoop(terms.plans().setting(terms.spec(), terms.seed()), looped.first());
    List<SeenWindow> windows = looped.log().windows();
    List<ControlStep> steps = looped.log().steps();
    for (int i = 0; i < windows.size(); i++) {
      ControlStep step = again.windowEnded(windows.get(i));
      if (!step.equals(steps.get(i))) {
        return false;
      }
    }
    return !windows.isEmpty();
  }

  /**
   * Returns how many windows a plan that was taken back had served at most; empty where none was
   * tried or one that was tried stayed.
   */
  static Optional<Integer> rollbackWindows(ArmLog log) {
    Optional<Integer> longest = Optional.empty();
    int since = -1;
    List<ControlStep> steps = log.steps();
    for (int i = 0; i < steps.size(); i++) {
      PlanStep.Kind kind = steps.get(i).step().kind();
      if (kind == PlanStep.Kind.CANARY || (kind == PlanStep.Kind.CHANGE && since < 0)) {
        since = i;
      } else if (kind == PlanStep.Kind.ROLL_BACK && since >= 0) {
        longest = Optional.of(Math.max(longest.orElse(0), i - since));
        since = -1;
      }
    }
    return longest;
  }
}
