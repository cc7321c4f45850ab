package io.waip.scheduler.plan.solve;

import io.waip.api.plan.PlanningConstraint;
import io.waip.api.plan.PlanningProblem;
import io.waip.api.plan.PlanningResult.Infeasible;
import io.waip.api.plan.PlanningResult.Relaxation;
import io.waip.api.plan.ServiceDemand;
import io.waip.scheduler.plan.solve.BranchAndBound.Outcome;
import io.waip.scheduler.plan.solve.GangProgram.Aim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Why no plan keeps every promise: an irreducible set of constraints that cannot hold together, and
 * the nearest value of each with which a plan exists.
 *
 * <p>The set is found by dividing (Junker, QuickXplain, AAAI 2004), which gives what a deletion
 * filter gives in fewer checks. Where there are too many configurations for an exhaustive search, a
 * check asks the relaxation alone, and nothing but a relaxation without a solution is proof.
 */
final class Contradiction {
  private static final double KEPT = 1 - 1e-7;

  /** Relative room that makes a value which just does do safely. */
  private static final double ROOM = 1e-7;

  private final SolverSettings settings;
  private boolean proven = true;

  Contradiction(SolverSettings settings) {
    this.settings = settings;
  }

  /** Returns the contradiction of a problem for which no plan was found. */
  Infeasible of(PlanningProblem problem) {
    List<PlanningConstraint> all = Constraints.of(problem);
    List<Relaxation> contradiction = new ArrayList<>();
    if (!holds(problem, all)) {
      for (PlanningConstraint each : core(problem, List.of(), false, all)) {
        double has = Constraints.value(problem, each);
        contradiction.add(new Relaxation(each, has, enough(problem, each)));
      }
    } else {
      proven = false;
    }
    return new Infeasible(contradiction, promisesKept(problem), proven);
  }

  private List<PlanningConstraint> core(
      PlanningProblem problem,
      List<PlanningConstraint> kept,
      boolean changed,
      List<PlanningConstraint> among) {
    if (changed && !holds(problem, kept)) {
      return List.of();
    }
    if (among.size() == 1) {
      return among;
    }
    List<PlanningConstraint> first = among.subList(0, among.size() / 2);
    List<PlanningConstraint> second = among.subList(among.size() / 2, among.size());
    List<PlanningConstraint> ofSecond = core(problem, joined(kept, first), true, second);
    List<PlanningConstraint> ofFirst =
        core(problem, joined(kept, ofSecond), !ofSecond.isEmpty(), first);
    return joined(ofFirst, ofSecond);
  }

  private static List<PlanningConstraint> joined(
      List<PlanningConstraint> a, List<PlanningConstraint> b) {
    List<PlanningConstraint> joined = new ArrayList<>(a);
    joined.addAll(b);
    return joined;
  }

  /**
   * Says whether a plan exists when only some constraints are asked for. Without a promise it does:
   * nothing need be served.
   */
  private boolean holds(PlanningProblem problem, List<PlanningConstraint> enforced) {
    Instance instance = new Instance(Constraints.only(problem, enforced));
    if (instance.services.stream().allMatch(service -> service.promisedPerSecond() == 0)) {
      return true;
    }
    if (!DivisiblePlan.holds(instance)) {
      return false;
    }
    Optional<Exhaustive> exhaustive = Exhaustive.of(instance, settings);
    return exhaustive.isEmpty() || keepsAll(exhaustive.get());
  }

  private boolean keepsAll(Exhaustive exhaustive) {
    Outcome most = search(exhaustive, Goal.of(Goal.Kind.PROMISES, 0));
    return most.objective() >= KEPT || !most.exact();
  }

  private Outcome search(Exhaustive exhaustive, Goal goal) {
    Outcome outcome = exhaustive.search(Aim.of(goal), Double.NEGATIVE_INFINITY);
    proven &= outcome.exact();
    return outcome;
  }

  private SortedMap<String, Double> promisesKept(PlanningProblem problem) {
    Instance instance = new Instance(problem);
    SortedMap<String, Double> kept = new TreeMap<>();
    Goal goal = Goal.of(Goal.Kind.PROMISES, 0);
    Optional<Exhaustive> exhaustive = Exhaustive.of(instance, settings);
    Layout layout =
        exhaustive.isPresent()
            ? search(exhaustive.get(), goal).best().orElse(Layout.EMPTY)
            : Improvement.of(instance, Layout.EMPTY, settings.improvementWork()).layout();
    GangProgram program = new GangProgram(instance, layout.configurations());
    double[] served = new double[instance.services.size()];
    program
        .solve(Aim.of(goal), program.only(layout))
        .ifPresent(division -> add(served, instance, layout, division.times()));
    for (int s = 0; s < served.length; s++) {
      ServiceDemand service = instance.services.get(s);
      if (service.promisedPerSecond() > 0) {
        kept.put(service.name(), Math.min(service.promisedPerSecond(), served[s] * (1 - ROOM)));
      }
    }
    return kept;
  }

  private static void add(double[] served, Instance instance, Layout layout, double[][] times) {
    List<Configuration> configurations = layout.configurations();
    for (int c = 0; c < times.length; c++) {
      for (int i = 0; i < times[c].length; i++) {
        int option = configurations.get(c).options()[i];
        served[instance.serviceOf[option]] += times[c][i] * instance.rate(option);
      }
    }
  }

  /** Returns the nearest value that does while every other constraint stays. */
  private OptionalDouble enough(PlanningProblem problem, PlanningConstraint constraint) {
    List<PlanningConstraint> others = new ArrayList<>(Constraints.of(problem));
    others.remove(constraint);
    Instance instance = new Instance(Constraints.only(problem, others));
    Optional<Exhaustive> exhaustive = Exhaustive.of(instance, settings);
    if (exhaustive.isEmpty()) {
      proven = false;
      return OptionalDouble.empty();
    }
    int subject = Constraints.subject(instance, constraint);
    return switch (constraint.kind()) {
      case RULE -> keepsAll(exhaustive.get()) ? OptionalDouble.of(0) : OptionalDouble.empty();
      case QUALITY_FLOOR -> floor(instance, exhaustive.get(), subject);
      case PROMISE -> {
        double demand = instance.services.get(subject).ratePerSecond();
        yield least(exhaustive.get(), Goal.of(Goal.Kind.SERVED, subject), demand * (1 - ROOM));
      }
      case DEVICES -> {
        OptionalDouble least =
            least(exhaustive.get(), Goal.of(Goal.Kind.LEAST_DEVICES, subject), -1);
        yield least.isEmpty() ? least : OptionalDouble.of(Math.rint(least.getAsDouble()));
      }
      case MONEY -> least(exhaustive.get(), Goal.of(Goal.Kind.LEAST_MONEY, 0), -1 - ROOM);
      case WATTS -> least(exhaustive.get(), Goal.of(Goal.Kind.LEAST_WATTS, 0), -1 - ROOM);
      case GRAMS -> least(exhaustive.get(), Goal.of(Goal.Kind.LEAST_GRAMS, 0), -1 - ROOM);
    };
  }

  private OptionalDouble least(Exhaustive exhaustive, Goal goal, double factor) {
    Outcome outcome = search(exhaustive, goal);
    return outcome.best().isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.max(0, factor * outcome.objective()));
  }

  /** The greatest mean: a ratio of two sums, raised until none exceeds it (Dinkelbach, 1967). */
  private OptionalDouble floor(Instance instance, Exhaustive exhaustive, int service) {
    double level = 0;
    for (int round = 0; round < 30; round++) {
      Goal goal = new Goal(Goal.Kind.QUALITY, service, level);
      Optional<Layout> layout = search(exhaustive, goal).best();
      if (layout.isEmpty()) {
        return OptionalDouble.empty();
      }
      GangProgram program = new GangProgram(instance, layout.get().configurations());
      double[][] times =
          program.solve(Aim.of(goal), program.only(layout.get())).orElseThrow().times();
      double mean = mean(instance, service, layout.get(), times);
      if (!(mean > level + 1e-12)) {
        break;
      }
      level = mean;
    }
    return level == 0 ? OptionalDouble.empty() : OptionalDouble.of(level * (1 - ROOM));
  }

  private static double mean(Instance instance, int service, Layout layout, double[][] times) {
    List<Configuration> configurations = layout.configurations();
    double served = 0;
    double quality = 0;
    for (int c = 0; c < times.length; c++) {
      for (int i = 0; i < times[c].length; i++) {
        int option = configurations.get(c).options()[i];
        if (instance.serviceOf[option] == service) {
          served += times[c][i] * instance.rate(option);
          quality += times[c][i] * instance.rate(option) * instance.qualityOf[option];
        }
      }
    }
    return quality / served;
  }
}
