package io.waip.scheduler.plan.apply;

import io.waip.scheduler.plan.apply.PlanStep.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Keeps one plan in force, lets a better one take its place in steps, and takes that back where it
 * disappoints.
 *
 * <pre>
 *           gain, dwell, budget             kept its forecast          windows passed
 *  STEADY ──────────────────────► CANARY ─────────────────────► WATCH ───────────────► STEADY
 *     ▲  └──── cannot be sliced ────┼───────────────────────────► │
 *     └──────── disappointed ───────┴──────────────────────────────┘  the plan before, quarantine
 * </pre>
 *
 * <p><b>Gain.</b> A candidate is taken where its forecast beats that of the plan in force, for the
 * same window, by more than the hysteresis and the loss of the change; where the dwell since the
 * last change is over; where the hour's changes are not used up; and where it is not in quarantine.
 *
 * <p><b>Disappointment.</b> A plan disappoints where the share that it answered in time lies below
 * the share forecast for the very requests that arrived, by more than the tolerance and more than
 * chance explains (two standard errors of a share); in a canary also where it lies below the plan
 * beside it by as much; and where it fails more requests than before, by a tenth of the tolerance.
 * Load alone is no disappointment: the forecast is made for the load that came. Windows of few
 * requests are judged together, once they have enough.
 *
 * <p><b>Forbidden.</b> A plan that breaks a floor or a rule by what is known now is replaced at
 * once.
 *
 * <p>The alternation of two plans in time, whose arrivals are told apart by the plan in force when
 * they came, needs no division of a shared queue; what one slice leaves behind in the queue counts
 * against the next, which the least length of a slice keeps small (switchback experiment: Bojinov,
 * Simchi-Levi and Zhao, Management Science 2023).
 *
 * <p>Deterministic; single thread.
 *
 * @param <P> a plan; equal plans do the same
 */
public final class PlanKeeper<P> {
  private static final long HOUR_NANOS = 3_600_000_000_000L;
  private static final int MOST_DOUBLINGS = 6;

  private final KeeperSettings settings;
  private final Deque<Long> changes = new ArrayDeque<>();
  private final Map<Object, Quarantine> quarantines = new HashMap<>();
  private final Function<P, Object> kind;
  private State state = State.STEADY;
  private P usual;
  private P before;
  private P trial;
  private int watched;
  private boolean hasChanged;
  private long changedNanos;
  private double failedBefore;
  private ArmCount gatheredTrial = ArmCount.NONE;
  private ArmCount gatheredUsual = ArmCount.NONE;
  private double gatheredForecast;

  private enum State {
    STEADY,
    CANARY,
    WATCH
  }

  private record Quarantine(long untilNanos, int times) {}

  /** Starts with a plan in force, steady, free to change; each plan is of a kind of its own. */
  public PlanKeeper(KeeperSettings settings, P inForce) {
    this(settings, inForce, plan -> plan);
  }

  /**
   * Starts with a plan in force, steady, free to change.
   *
   * @param kind what plans have in common that fare alike: one that was taken back keeps those of
   *     its kind from being tried
   */
  public PlanKeeper(KeeperSettings settings, P inForce, Function<P, Object> kind) {
    this.settings = settings;
    this.kind = kind;
    usual = inForce;
    before = inForce;
    trial = inForce;
  }

  /**
   * Returns the plan to begin with after a restart: the one in force, or while that is on trial or
   * watched the one before it.
   */
  public P proven() {
    return state == State.WATCH ? before : usual;
  }

  /**
   * Takes a window and says what is in force from now on.
   *
   * @throws IllegalArgumentException if a plan is in its canary and the window has no forecast for
   *     it
   */
  public PlanStep<P> windowEnded(PlanWindow<P> window) {
    if (!window.forbidden().isEmpty()) {
      return replace(window);
    }
    return switch (state) {
      case STEADY -> consider(window);
      case CANARY -> judgeCanary(window);
      case WATCH -> judgeChange(window);
    };
  }

  private PlanStep<P> consider(PlanWindow<P> window) {
    if (window.candidate().isEmpty()) {
      return keep("no candidate");
    }
    PlanWindow.Candidate<P> candidate = window.candidate().get();
    if (candidate.plan().equals(usual)) {
      return keep("the plan in force is the best found");
    }
    double gain = candidate.forecast().gainOver(window.usualForecast());
    double needed = settings.hysteresis() + candidate.switchLoss();
    if (!(gain > needed)) {
      return keep("a gain of %s; needed: above %s".formatted(percent(gain), percent(needed)));
    }
    long now = window.endNanos();
    if (hasChanged && now - changedNanos < settings.minDwellNanos()) {
      return keep("a gain of %s; the dwell is not over".formatted(percent(gain)));
    }
    if (changesWithinHour(now) >= settings.changesPerHour()) {
      return keep("a gain of %s; the hour's changes are used up".formatted(percent(gain)));
    }
    Quarantine quarantine = quarantines.get(kind.apply(candidate.plan()));
    if (quarantine != null && now < quarantine.untilNanos()) {
      return keep("a gain of %s; it was taken back before".formatted(percent(gain)));
    }
    return begin(candidate, window, "a gain of " + percent(gain));
  }

  /** Ends what must not go on; neither dwell nor gain nor canary hold a floor or a rule up. */
  private PlanStep<P> replace(PlanWindow<P> window) {
    if (state == State.CANARY) {
      return takeBack(trial, usual, window.endNanos(), window.forbidden());
    }
    if (window.candidate().isEmpty() || window.candidate().get().plan().equals(usual)) {
      return keep(window.forbidden() + "; there is no other plan");
    }
    changes.addLast(window.endNanos());
    hasChanged = true;
    changedNanos = window.endNanos();
    PlanStep<P> step = change(window.candidate().get().plan(), window.forbidden());
    before = usual;
    return step;
  }

  private PlanStep<P> begin(PlanWindow.Candidate<P> candidate, PlanWindow<P> window, String why) {
    long now = window.endNanos();
    changes.addLast(now);
    hasChanged = true;
    changedNanos = now;
    failedBefore = window.usual().failedShare();
    if (candidate.canBeSliced() && settings.canaryShare() < 1) {
      forgetGathered();
      state = State.CANARY;
      trial = candidate.plan();
      return new PlanStep<>(Kind.CANARY, usual, trial, settings.canaryShare(), why);
    }
    return change(candidate.plan(), why);
  }

  private PlanStep<P> change(P plan, String why) {
    forgetGathered();
    state = State.WATCH;
    watched = 0;
    before = usual;
    usual = plan;
    trial = plan;
    return PlanStep.of(Kind.CHANGE, plan, why);
  }

  private PlanStep<P> judgeCanary(PlanWindow<P> window) {
    PlanForecast forecast =
        window
            .trialForecast()
            .orElseThrow(() -> new IllegalArgumentException("a canary needs a forecast"));
    gather(window.trial(), window.usual(), forecast.goodShare());
    if (gatheredTrial.offered() < settings.leastRequests()) {
      return new PlanStep<>(
          Kind.KEEP, usual, trial, settings.canaryShare(), "too few requests under the canary");
    }
    double forecastShare = gatheredForecast / gatheredTrial.offered();
    String disappointment = disappointment(gatheredTrial, forecastShare);
    if (disappointment.isEmpty()) {
      disappointment = disappointmentBeside(gatheredTrial, gatheredUsual);
    }
    if (!disappointment.isEmpty()) {
      return takeBack(trial, usual, window.endNanos(), disappointment);
    }
    return change(
        trial,
        "%s in time, %s forecast"
            .formatted(percent(gatheredTrial.goodShare()), percent(forecastShare)));
  }

  /** Windows of few requests are judged together. */
  private void gather(ArmCount judged, ArmCount beside, double forecastShare) {
    gatheredTrial = gatheredTrial.plus(judged);
    gatheredUsual = gatheredUsual.plus(beside);
    gatheredForecast += forecastShare * judged.offered();
  }

  private void forgetGathered() {
    gatheredTrial = ArmCount.NONE;
    gatheredUsual = ArmCount.NONE;
    gatheredForecast = 0;
  }

  private PlanStep<P> judgeChange(PlanWindow<P> window) {
    gather(window.usual(), ArmCount.NONE, window.usualForecast().goodShare());
    if (gatheredTrial.offered() < settings.leastRequests()) {
      return keep("too few requests to judge the change");
    }
    ArmCount seen = gatheredTrial;
    String disappointment = disappointment(seen, gatheredForecast / seen.offered());
    if (disappointment.isEmpty()) {
      disappointment = failures(seen, failedBefore, seen.offered(), "before");
    }
    forgetGathered();
    if (!disappointment.isEmpty()) {
      return takeBack(usual, before, window.endNanos(), disappointment);
    }
    watched++;
    if (watched < settings.watchWindows()) {
      return keep("the change is watched");
    }
    state = State.STEADY;
    quarantines.remove(kind.apply(usual));
    return consider(window);
  }

  private PlanStep<P> takeBack(P plan, P back, long now, String why) {
    Quarantine earlier = quarantines.get(kind.apply(plan));
    int times = earlier == null ? 0 : Math.min(earlier.times() + 1, MOST_DOUBLINGS);
    quarantines.put(
        kind.apply(plan), new Quarantine(now + (settings.quarantineNanos() << times), times));
    forgetGathered();
    state = State.STEADY;
    usual = back;
    before = back;
    trial = back;
    return PlanStep.of(Kind.ROLL_BACK, back, why);
  }

  private String disappointment(ArmCount seen, double forecastShare) {
    double least =
        forecastShare * (1 - settings.tolerance()) - chance(forecastShare, seen.offered());
    if (seen.goodShare() < least) {
      return "%s in time, %s forecast".formatted(percent(seen.goodShare()), percent(forecastShare));
    }
    return "";
  }

  private String disappointmentBeside(ArmCount seen, ArmCount beside) {
    if (beside.offered() < settings.leastRequests()) {
      return "";
    }
    double chance = chance(beside.goodShare(), Math.min(seen.offered(), beside.offered()));
    if (seen.goodShare() < beside.goodShare() * (1 - settings.tolerance()) - chance) {
      return "%s in time, %s with the plan beside it"
          .formatted(percent(seen.goodShare()), percent(beside.goodShare()));
    }
    long requests = Math.min(seen.offered(), beside.offered());
    return failures(seen, beside.failedShare(), requests, "with the plan beside it");
  }

  private String failures(ArmCount seen, double usualShare, long requests, String where) {
    double most = usualShare + settings.tolerance() / 10 + chance(usualShare, requests);
    return seen.failedShare() > most
        ? "%s failed, %s %s".formatted(percent(seen.failedShare()), percent(usualShare), where)
        : "";
  }

  /** Returns two standard errors of a share. */
  private static double chance(double share, long requests) {
    return 2 * Math.sqrt(share * (1 - share) / requests);
  }

  private int changesWithinHour(long now) {
    while (!changes.isEmpty() && now - changes.getFirst() >= HOUR_NANOS) {
      changes.removeFirst();
    }
    return changes.size();
  }

  private PlanStep<P> keep(String why) {
    return PlanStep.of(Kind.KEEP, usual, why);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
