package io.waip.replay.limit;

import java.util.Arrays;

/**
 * Solves a {@link BucketProgram} by a primal-dual interior-point method with predictor and
 * corrector (S. Mehrotra, "On the implementation of a primal-dual interior point method", SIAM
 * Journal on Optimization, 1992), from a start that is feasible on both sides.
 *
 * <p>Primal unknowns are the columns, the links and the slacks of groups and rows, in this order;
 * each has its dual partner at the same place: reduced costs of columns and links, surpluses of
 * groups, prices of rows. A step eliminates everything but the prices, whose matrix is a {@link
 * SkylineMatrix}. Not safe for several threads.
 */
final class InteriorPoint {
  private static final int MAX_STEPS = 80;
  private static final double TOLERANCE = 1e-7;
  private static final double LEAST_STEP = 1e-6;
  private static final double INSIDE = 0.995;

  private final BucketProgram program;
  private final int firstLink;
  private final int firstGroup;
  private final int firstRow;
  private final double[] primal;
  private final double[] dual;
  private final double[] primalStep;
  private final double[] dualStep;
  private final double[] target;
  private final double[] groupWeight;
  private final SkylineMatrix matrix;

  private InteriorPoint(BucketProgram program) {
    this.program = program;
    firstLink = program.columns();
    firstGroup = firstLink + program.links();
    firstRow = firstGroup + program.groups();
    int all = firstRow + program.rows();
    primal = new double[all];
    dual = new double[all];
    primalStep = new double[all];
    dualStep = new double[all];
    target = new double[all];
    groupWeight = new double[program.groups()];
    matrix = new SkylineMatrix(program.firstCoupledRow());
    program.start(primal, dual);
  }

  /** Returns the price of each row, requests per unit of time; as good as was reached. */
  static double[] prices(BucketProgram program) {
    InteriorPoint point = new InteriorPoint(program);
    int steps = 0;
    while (steps < MAX_STEPS && !point.isDone() && point.step()) {
      steps++;
    }
    return Arrays.copyOfRange(point.dual, point.firstRow, point.dual.length);
  }

  private boolean isDone() {
    double served = 0;
    for (int j = 0; j < firstLink; j++) {
      served += primal[j];
    }
    return gap(0, 0) <= TOLERANCE * (1 + served);
  }

  /** Returns the duality gap after steps of given lengths. */
  private double gap(double primalLength, double dualLength) {
    double gap = 0;
    for (int k = 0; k < primal.length; k++) {
      gap += (primal[k] + primalLength * primalStep[k]) * (dual[k] + dualLength * dualStep[k]);
    }
    return gap;
  }

  /** Takes a step, or says that rounding leaves none that closes the gap. */
  private boolean step() {
    Arrays.fill(primalStep, 0);
    Arrays.fill(dualStep, 0);
    double gap = gap(0, 0);
    factorise();
    for (int k = 0; k < target.length; k++) {
      target[k] = -primal[k] * dual[k];
    }
    solve();
    double left = gap(length(primal, primalStep, 1), length(dual, dualStep, 1)) / gap;
    double centre = left * left * left * gap / target.length;
    for (int k = 0; k < target.length; k++) {
      target[k] += centre - primalStep[k] * dualStep[k];
    }
    solve();
    double primalLength = length(primal, primalStep, INSIDE);
    double dualLength = length(dual, dualStep, INSIDE);
    if (Math.max(primalLength, dualLength) < LEAST_STEP
        || !Double.isFinite(gap(primalLength, dualLength))) {
      return false;
    }
    for (int k = 0; k < primal.length; k++) {
      primal[k] += primalLength * primalStep[k];
      dual[k] += dualLength * dualStep[k];
    }
    return true;
  }

  /** Returns the part of a step, at most 1, of which a share stays positive. */
  private static double length(double[] point, double[] step, double share) {
    double longest = 1 / share;
    for (int k = 0; k < point.length; k++) {
      if (step[k] < 0) {
        longest = Math.min(longest, -point[k] / step[k]);
      }
    }
    return share * longest;
  }

  private void factorise() {
    matrix.clear();
    for (int r = 0; r < program.rows(); r++) {
      matrix.add(r, r, primal[firstRow + r] / dual[firstRow + r]);
    }
    for (int l = 0; l < program.links(); l++) {
      double theta = primal[firstLink + l] / dual[firstLink + l];
      matrix.add(program.parent(l), program.parent(l), theta);
      matrix.add(program.child(l), program.child(l), theta);
      matrix.add(program.parent(l), program.child(l), -theta);
    }
    double[] pull = new double[program.widestGroup()];
    for (int g = 0; g < program.groups(); g++) {
      addGroup(g, pull);
    }
    matrix.factorise();
  }

  private void addGroup(int g, double[] pull) {
    int from = program.firstColumn(g);
    int to = program.firstColumn(g + 1);
    double whole = primal[firstGroup + g] / dual[firstGroup + g];
    for (int j = from; j < to; j++) {
      double theta = primal[j] / dual[j];
      whole += theta;
      pull[j - from] = theta * program.weight(j);
      matrix.add(program.row(j), program.row(j), pull[j - from] * program.weight(j));
    }
    groupWeight[g] = whole;
    matrix.addOuter(program.rowsOfColumns(), from, to, pull, -1 / whole);
  }

  /** Finds the steps that bring each product of partners to its target, to first order. */
  private void solve() {
    double[] price = new double[program.rows()];
    double[] surplus = new double[program.groups()];
    for (int r = 0; r < price.length; r++) {
      price[r] = target[firstRow + r] / dual[firstRow + r];
    }
    for (int l = 0; l < program.links(); l++) {
      double moved = target[firstLink + l] / dual[firstLink + l];
      price[program.child(l)] += moved;
      price[program.parent(l)] -= moved;
    }
    for (int g = 0; g < surplus.length; g++) {
      surplus[g] = target[firstGroup + g] / dual[firstGroup + g];
      for (int j = program.firstColumn(g); j < program.firstColumn(g + 1); j++) {
        double moved = target[j] / dual[j];
        surplus[g] += moved;
        price[program.row(j)] += program.weight(j) * moved;
      }
      for (int j = program.firstColumn(g); j < program.firstColumn(g + 1); j++) {
        double pull = primal[j] / dual[j] * program.weight(j);
        price[program.row(j)] -= pull * surplus[g] / groupWeight[g];
      }
    }
    matrix.solve(price);
    substitute(price, surplus);
  }

  private void substitute(double[] price, double[] surplus) {
    for (int g = 0; g < surplus.length; g++) {
      double change = surplus[g];
      for (int j = program.firstColumn(g); j < program.firstColumn(g + 1); j++) {
        change -= primal[j] / dual[j] * program.weight(j) * price[program.row(j)];
      }
      dualStep[firstGroup + g] = change / groupWeight[g];
      for (int j = program.firstColumn(g); j < program.firstColumn(g + 1); j++) {
        dualStep[j] = dualStep[firstGroup + g] + program.weight(j) * price[program.row(j)];
      }
    }
    for (int l = 0; l < program.links(); l++) {
      dualStep[firstLink + l] = price[program.child(l)] - price[program.parent(l)];
    }
    System.arraycopy(price, 0, dualStep, firstRow, price.length);
    for (int k = 0; k < primal.length; k++) {
      primalStep[k] = (target[k] - primal[k] * dualStep[k]) / dual[k];
    }
  }
}
