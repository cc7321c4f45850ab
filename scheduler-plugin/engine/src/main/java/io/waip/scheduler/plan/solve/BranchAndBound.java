package io.waip.scheduler.plan.solve;

import io.waip.scheduler.plan.solve.GangProgram.Aim;
import io.waip.scheduler.plan.solve.GangProgram.Bounds;
import io.waip.scheduler.plan.solve.GangProgram.Relaxed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The best whole numbers, by branching on the least whole one of the relaxation and going on where
 * the relaxation promises most (Land and Doig, Econometrica 1960). Ends after a number of linear
 * programs, never after a time.
 */
final class BranchAndBound {
  /** How far from whole a count may be. */
  private static final double WHOLE = 1e-6;

  /** By how much better an objective must be to count, relative. */
  private static final double STEP = 1e-8;

  private final GangProgram program;
  private final Aim aim;
  private final int mostNodes;
  private final PriorityQueue<Node> open = new PriorityQueue<>(Node.ORDER);
  private final List<Layout> found = new ArrayList<>();
  private double best;
  private int nodes;
  private boolean cut;

  /**
   * How a search ended.
   *
   * @param layouts found, each better than the one before
   * @param objective of the last; that of the start where there is none
   * @param exact whether none is better
   */
  record Outcome(List<Layout> layouts, double objective, boolean exact) {
    /** Returns the best that was found. */
    Optional<Layout> best() {
      return layouts.isEmpty() ? Optional.empty() : Optional.of(layouts.getLast());
    }
  }

  /** Bounds with their relaxation; later ones first among equals, so that the search dives. */
  private record Node(int number, Bounds bounds, Relaxed relaxed) {
    static final Comparator<Node> ORDER =
        Comparator.comparingDouble((Node node) -> -node.relaxed.objective())
            .thenComparingInt(node -> -node.number);
  }

  private BranchAndBound(GangProgram program, Aim aim, double atLeast, int mostNodes) {
    this.program = program;
    this.aim = aim;
    this.mostNodes = mostNodes;
    best = atLeast;
  }

  /**
   * Searches.
   *
   * @param atLeast objective of a layout that is known; only better ones are sought
   */
  static Outcome search(GangProgram program, Aim aim, double atLeast, int mostNodes) {
    BranchAndBound search = new BranchAndBound(program, aim, atLeast, mostNodes);
    search.visit(program.open());
    while (!search.open.isEmpty()) {
      search.branch(search.open.poll());
    }
    return new Outcome(List.copyOf(search.found), search.best, !search.cut);
  }

  private boolean isBetter(double objective) {
    return objective > best + STEP * Math.max(1, Math.abs(best))
        || best == Double.NEGATIVE_INFINITY;
  }

  private void visit(Bounds bounds) {
    if (nodes++ >= mostNodes) {
      cut = true;
      return;
    }
    Optional<Relaxed> relaxed = program.solve(aim, bounds);
    if (relaxed.isEmpty() || !isBetter(relaxed.get().objective())) {
      return;
    }
    if (leastWhole(relaxed.get().counts()) < 0) {
      accept(relaxed.get().counts(), relaxed.get().objective());
    } else {
      open.add(new Node(nodes, bounds, relaxed.get()));
      round(relaxed.get().counts());
    }
  }

  private void accept(double[] counts, double objective) {
    best = objective;
    found.add(program.layout(counts));
  }

  /** Tries the counts rounded down: the gangs that certainly fit. */
  private void round(double[] counts) {
    double[] whole = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      whole[i] = Math.floor(counts[i] + WHOLE);
    }
    nodes++;
    program
        .solve(aim, program.only(program.layout(whole)))
        .filter(relaxed -> isBetter(relaxed.objective()))
        .ifPresent(relaxed -> accept(relaxed.counts(), relaxed.objective()));
  }

  private void branch(Node node) {
    if (!isBetter(node.relaxed.objective())) {
      return;
    }
    int number = leastWhole(node.relaxed.counts());
    double below = Math.floor(node.relaxed.counts()[number]);
    visit(node.bounds.with(number, Double.NEGATIVE_INFINITY, below));
    visit(node.bounds.with(number, below + 1, Double.POSITIVE_INFINITY));
  }

  /** Returns the first number of those furthest from whole, or -1 where all are whole. */
  private static int leastWhole(double[] counts) {
    int found = -1;
    double furthest = WHOLE;
    for (int i = 0; i < counts.length; i++) {
      double distance = Math.abs(counts[i] - Math.rint(counts[i]));
      if (distance > furthest + WHOLE) {
        furthest = distance;
        found = i;
      }
    }
    return found;
  }
}
