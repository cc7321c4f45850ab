package io.waip.cost.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Weighted geometric mean of components, one for each form. Immutable. */
final class Curve {
  /** Components of less weight are left out: they change a prediction by less than its error. */
  private static final double LEAST_WEIGHT = 0.01;

  /** An error below this, in log units, is rounding. */
  private static final double LEAST_ERROR = 1e-9;

  private final double[] weights;
  private final List<Component> components;

  /**
   * Takes the parts.
   *
   * @param weights of the components, {@code >= 0}, adding to 1; 0 leaves a component out; not
   *     copied
   * @param components in the order of the forms
   */
  Curve(double[] weights, List<Component> components) {
    this.weights = weights;
    this.components = List.copyOf(components);
  }

  /**
   * Fits to all shapes but those held out. A component of n shapes weighs {@code (handicap *
   * error)^-(n/2)}, its leave-one-out error to the power a Gaussian likelihood would give it,
   * halved because the law is not fitted again (pseudo Bayesian model averaging: Geisser and Eddy,
   * A Predictive Approach to Model Selection, JASA, 1979).
   *
   * @param designs one for each form, over the same shapes
   * @param held ascending rows of the designs to leave out; fewer than all
   */
  static Curve fit(List<FormDesign> designs, int[] held, RidgePoint ridge) {
    List<Component> components = new ArrayList<>();
    double[] scores = new double[designs.size()];
    double best = Double.POSITIVE_INFINITY;
    for (int f = 0; f < scores.length; f++) {
      ComponentFit fit = ComponentFit.of(designs.get(f), held, ridge);
      components.add(fit.component());
      double error = Math.max(LEAST_ERROR, fit.leaveOneOutError());
      scores[f] = error * designs.get(f).form().handicap();
      best = Math.min(best, scores[f]);
    }
    int shapes = designs.getFirst().size() - held.length;
    double[] weights = new double[scores.length];
    for (int f = 0; f < weights.length; f++) {
      weights[f] = Math.pow(scores[f] / best, -0.5 * shapes);
    }
    normalise(weights, 0);
    normalise(weights, LEAST_WEIGHT);
    return new Curve(weights, components);
  }

  private static void normalise(double[] weights, double least) {
    double sum = 0;
    for (int f = 0; f < weights.length; f++) {
      weights[f] = weights[f] < least ? 0 : weights[f];
      sum += weights[f];
    }
    for (int f = 0; f < weights.length; f++) {
      weights[f] /= sum;
    }
  }

  double weight(int form) {
    return weights[form];
  }

  Component component(int form) {
    return components.get(form);
  }

  /**
   * Returns the log of the predicted nanoseconds.
   *
   * @param sights of one shape under each form
   */
  double logNanos(List<Sight> sights) {
    return logNanos(sights::get);
  }

  /** Returns the log of the predicted nanoseconds at a shape. */
  double logNanos(List<FormDesign> designs, int batch, int length) {
    return logNanos(f -> designs.get(f).see(batch, length));
  }

  private double logNanos(IntFunction<Sight> sights) {
    double sum = 0;
    for (int f = 0; f < weights.length; f++) {
      if (weights[f] > 0) {
        sum += weights[f] * components.get(f).logNanos(sights.apply(f));
      }
    }
    return sum;
  }
}
