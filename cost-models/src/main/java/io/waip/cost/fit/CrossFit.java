package io.waip.cost.fit;

import java.util.List;

/** Curves that each leave out a part of the shapes. Immutable. */
final class CrossFit {
  private final List<Curve> folds;
  private final int[] foldOf;

  /**
   * Takes the curves.
   *
   * @param folds curve {@code i} was fitted to all shapes but those of fold {@code i}
   * @param foldOf fold of each shape; not copied
   */
  CrossFit(List<Curve> folds, int[] foldOf) {
    this.folds = List.copyOf(folds);
    this.foldOf = foldOf;
  }

  List<Curve> folds() {
    return folds;
  }

  /** Returns the fold of a shape. */
  int foldOf(int row) {
    return foldOf[row];
  }

  /** Returns the curve that was not fitted to a shape. */
  Curve unseen(int row) {
    return folds.get(foldOf[row]);
  }
}
