package io.waip.scheduler.plan.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * A linear maximisation; the only place that knows ojAlgo. Its simplex runs on the calling thread.
 *
 * <p>Single use: built, then solved once. For the planners of the engine.
 */
public final class LinearProgram {
  /** Steps of the simplex; far above what any of the programs here takes. */
  private static final int MAX_ITERATIONS = 200_000;

  /** Share of the largest term of a row by which a solution may miss it. */
  private static final double TOLERANCE = 1e-7;

  /** Prices below it are rounding errors. */
  private static final double NO_PRICE = 1e-12;

  private final List<double[]> variableBounds = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private double[] objective = new double[64];

  /** A row, and its terms in the order they were added. */
  private static final class Row {
    final double lower;
    final double upper;
    int[] variables = new int[8];
    double[] factors = new double[8];
    int size;

    Row(double lower, double upper) {
      this.lower = lower;
      this.upper = upper;
    }

    void add(int variable, double factor) {
      if (size > 0 && variables[size - 1] == variable) {
        factors[size - 1] += factor;
        return;
      }
      if (size == variables.length) {
        variables = Arrays.copyOf(variables, 2 * size);
        factors = Arrays.copyOf(factors, 2 * size);
      }
      variables[size] = variable;
      factors[size++] = factor;
    }

    boolean holds(double[] values) {
      double sum = 0;
      double largest = 1;
      for (int i = 0; i < size; i++) {
        double term = factors[i] * values[variables[i]];
        sum += term;
        largest = Math.max(largest, Math.abs(term));
      }
      double slack = TOLERANCE * largest;
      return sum >= lower - slack && sum <= upper + slack;
    }
  }

  /**
   * An optimum.
   *
   * @param value of the objective
   * @param values of the variables
   * @param prices what one more on the right side of each row adds to the objective; 0 where the
   *     row does not bind
   */
  @SuppressWarnings("ArrayRecordComponent") // Read by index in inner loops; nobody changes them.
  public record Solution(double value, double[] values, double[] prices) {}

  /** Adds a variable and returns its number. */
  public int variable(double lower, double upper) {
    variableBounds.add(new double[] {lower, upper});
    return variableBounds.size() - 1;
  }

  /** Adds a row without terms and returns its number; either side may be infinite. */
  public int row(double lower, double upper) {
    rows.add(new Row(lower, upper));
    return rows.size() - 1;
  }

  /** Adds to a variable's factor in a row; those of one variable are added one after another. */
  public void add(int row, int variable, double factor) {
    rows.get(row).add(variable, factor);
  }

  /** Adds to a variable's factor in the objective. */
  public void addObjective(int variable, double factor) {
    if (variable >= objective.length) {
      objective = Arrays.copyOf(objective, Math.max(2 * objective.length, variable + 1));
    }
    objective[variable] += factor;
  }

  /**
   * Returns the optimum.
   *
   * @return empty where no values hold
   * @throws IllegalStateException if no form of the simplex ends with an answer that holds
   */
  public Optional<Solution> maximise() {
    if (variableBounds.isEmpty()) {
      return holds(new double[0])
          ? Optional.of(new Solution(0, new double[0], new double[rows.size()]))
          : Optional.empty();
    }
    for (Simplex form : Simplex.values()) {
      ExpressionsBasedModel model = model(form);
      Optimisation.Result result = model.maximise();
      if (result.getState() == Optimisation.State.INFEASIBLE) {
        return Optional.empty();
      }
      if (result.getState().isOptimal()) {
        double[] values = values(result);
        if (holds(values)) {
          return Optional.of(new Solution(value(values), values, prices(result)));
        }
      }
    }
    throw new IllegalStateException(
        "no simplex solved %d rows of %d variables".formatted(rows.size(), variableBounds.size()));
  }

  /**
   * Returns prices of the rows that prove the optimum of a program whose variables are {@code >= 0}
   * and either free or fixed at 0: those found with it where they do, else those of the dual
   * program. What is removed before the simplex starts may leave the first ones incomplete.
   */
  double[] provenPrices(Solution solution) {
    if (proves(solution.prices, solution.value)) {
      return solution.prices;
    }
    LinearProgram dual = new LinearProgram();
    int[] column = new int[variableBounds.size()];
    for (int v = 0; v < column.length; v++) {
      column[v] = isFixed(v) ? -1 : dual.row(factor(v), Double.POSITIVE_INFINITY);
    }
    for (Row row : rows) {
      dual.addDual(row, column, row.upper, 1);
      dual.addDual(row, column, row.lower, -1);
    }
    double[] values = dual.maximise().orElseThrow().values;
    double[] prices = new double[rows.size()];
    for (int r = 0; r < prices.length; r++) {
      prices[r] = values[2 * r] - values[2 * r + 1];
    }
    return prices;
  }

  private void addDual(Row row, int[] column, double side, int sign) {
    int price = variable(0, Double.isInfinite(side) ? 0 : Double.POSITIVE_INFINITY);
    for (int i = 0; i < row.size; i++) {
      if (column[row.variables[i]] >= 0) {
        add(column[row.variables[i]], price, sign * row.factors[i]);
      }
    }
    addObjective(price, Double.isInfinite(side) ? 0 : -sign * side);
  }

  private boolean isFixed(int variable) {
    return variableBounds.get(variable)[1] == 0;
  }

  private double factor(int variable) {
    return variable < objective.length ? objective[variable] : 0;
  }

  /** Says whether no variable is worth more than its rows charge, and all is charged. */
  private boolean proves(double[] prices, double value) {
    double[] worth = new double[variableBounds.size()];
    double charged = 0;
    for (int r = 0; r < prices.length; r++) {
      Row row = rows.get(r);
      double side = prices[r] > 0 ? row.upper : row.lower;
      charged += Math.abs(prices[r]) < NO_PRICE ? 0 : prices[r] * side;
      for (int i = 0; i < row.size; i++) {
        worth[row.variables[i]] -= prices[r] * row.factors[i];
      }
    }
    boolean dear = true;
    for (int v = 0; v < worth.length; v++) {
      dear &= isFixed(v) || worth[v] + factor(v) <= TOLERANCE * (1 + Math.abs(factor(v)));
    }
    return dear && Math.abs(charged - value) <= TOLERANCE * (1 + Math.abs(value));
  }

  /** Forms of the simplex, in the order they are tried. */
  private enum Simplex {
    CHOSEN,
    DUAL,
    PRIMAL
  }

  private ExpressionsBasedModel model(Simplex form) {
    ExpressionsBasedModel model = new ExpressionsBasedModel();
    model.options.time_abort = Long.MAX_VALUE;
    model.options.time_suffice = Long.MAX_VALUE;
    model.options.iterations_abort = MAX_ITERATIONS;
    model.options.iterations_suffice = MAX_ITERATIONS;
    switch (form) {
      case DUAL -> model.options.linear().dual();
      case PRIMAL -> model.options.linear().primal();
      case CHOSEN -> {}
    }
    for (int i = 0; i < variableBounds.size(); i++) {
      Variable variable = model.newVariable("x" + i).lower(variableBounds.get(i)[0]);
      if (variableBounds.get(i)[1] < Double.POSITIVE_INFINITY) {
        variable.upper(variableBounds.get(i)[1]);
      }
      if (i < objective.length && objective[i] != 0) {
        variable.weight(objective[i]);
      }
    }
    addRows(model);
    return model;
  }

  private void addRows(ExpressionsBasedModel model) {
    for (int r = 0; r < rows.size(); r++) {
      Row row = rows.get(r);
      Expression expression = model.newExpression("r" + r);
      if (row.lower > Double.NEGATIVE_INFINITY) {
        expression.lower(row.lower);
      }
      if (row.upper < Double.POSITIVE_INFINITY) {
        expression.upper(row.upper);
      }
      for (int i = 0; i < row.size; i++) {
        expression.set(row.variables[i], row.factors[i]);
      }
    }
  }

  private double[] values(Optimisation.Result result) {
    double[] values = new double[variableBounds.size()];
    for (int i = 0; i < values.length; i++) {
      double[] bounds = variableBounds.get(i);
      values[i] = Math.clamp(result.doubleValue(i), bounds[0], bounds[1]);
    }
    return values;
  }

  private boolean holds(double[] values) {
    return rows.stream().allMatch(row -> row.holds(values));
  }

  private double value(double[] values) {
    double value = 0;
    for (int i = 0; i < values.length && i < objective.length; i++) {
      value += objective[i] * values[i];
    }
    return value;
  }

  /** Those of lower sides come with the opposite sign: more on such a side takes away. */
  private double[] prices(Optimisation.Result result) {
    double[] prices = new double[rows.size()];
    result
        .getMatchedMultipliers()
        .forEach(matched -> {
          String name = matched.getKey().left().getName();
          if (name.startsWith("r")) {
            boolean below = matched.getKey().right() == Optimisation.ConstraintType.LOWER;
            double price = below ? -matched.doubleValue() : matched.doubleValue();
            prices[Integer.parseInt(name.substring(1))] += price;
          }
        });
    return prices;
  }
}
