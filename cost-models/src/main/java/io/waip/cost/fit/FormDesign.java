package io.waip.cost.fit;

import io.waip.cost.shape.PooledShape;
import java.util.Arrays;
import java.util.List;

/**
 * Everything about a set of shapes under one form that no fit changes: factors of the terms,
 * positions in the residual field, and the inverse of the covariance of all shapes, from which that
 * of a part follows.
 */
final class FormDesign {
  /** A point of this many samples has half the trust of an exact one. */
  private static final double HALF_TRUST_SAMPLES = 4;

  private final LawForm form;
  private final ResidualField field;
  private final List<PooledShape> shapes;
  private final double[] trusts;
  private final double[][] factors;
  private final double[][] positions;
  private final double[][] precision;

  FormDesign(LawForm form, ResidualField field, List<PooledShape> shapes) {
    this.form = form;
    this.field = field;
    this.shapes = shapes;
    int n = shapes.size();
    trusts = trusts(shapes);
    factors = new double[n][];
    positions = new double[n][];
    for (int i = 0; i < n; i++) {
      PooledShape shape = shapes.get(i);
      factors[i] = form.factors(shape.batch(), shape.length());
      positions[i] = field.position(form, shape.batch(), shape.length());
    }
    double[][] covariance = new double[n][];
    for (int i = 0; i < n; i++) {
      covariance[i] = covariances(positions[i]);
      covariance[i][i] += field.noise() * field.noise() / trusts[i];
    }
    precision = Cholesky.of(covariance).inverse();
  }

  LawForm form() {
    return form;
  }

  ResidualField field() {
    return field;
  }

  List<PooledShape> shapes() {
    return shapes;
  }

  int size() {
    return shapes.size();
  }

  double[] factors(int row) {
    return factors[row];
  }

  double nanos(int row) {
    return shapes.get(row).nanos();
  }

  /** Returns how much a shape counts beside the one of most samples, in {@code (0, 1]}. */
  double trust(int row) {
    return trusts[row];
  }

  double work(int row) {
    PooledShape shape = shapes.get(row);
    return LawTerm.work(form.phase(), shape.batch(), shape.length());
  }

  double medianLength(int[] rows) {
    int[] lengths = Arrays.stream(rows).map(row -> shapes.get(row).length()).sorted().toArray();
    return lengths[lengths.length / 2];
  }

  /** Returns the inverse of the covariance of all shapes, noise included. */
  double[][] precision() {
    return precision;
  }

  /** Returns where a shape lies seen from each of the shapes of the design. */
  Sight see(int batch, int length) {
    return new Sight(form.factors(batch, length), covariances(field.position(form, batch, length)));
  }

  private static double[] trusts(List<PooledShape> shapes) {
    double[] trusts = new double[shapes.size()];
    double most = 0;
    for (int i = 0; i < trusts.length; i++) {
      double samples = shapes.get(i).samples();
      trusts[i] = samples / (samples + HALF_TRUST_SAMPLES);
      most = Math.max(most, trusts[i]);
    }
    for (int i = 0; i < trusts.length; i++) {
      trusts[i] /= most;
    }
    return trusts;
  }

  private double[] covariances(double[] position) {
    double[] covariances = new double[positions.length];
    for (int i = 0; i < covariances.length; i++) {
      covariances[i] = field.covariance(position, positions[i]);
    }
    return covariances;
  }
}
