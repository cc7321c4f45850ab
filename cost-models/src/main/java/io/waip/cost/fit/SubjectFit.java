package io.waip.cost.fit;

import io.waip.api.measurement.Subject;
import io.waip.cost.shape.PooledShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Fits one subject: a curve to all its shapes, and one for each fold without the shapes of that
 * fold, by which every shape is predicted by a curve that did not see it.
 */
public final class SubjectFit {
  /** Each shape is a fold of its own up to this many. */
  private static final int MAX_FOLDS = 20;

  /** A fit takes time with the cube of the shapes; of more, this many evenly spaced ones do. */
  private static final int MAX_SHAPES = 512;

  private static final long FOLD_SEED = 1;

  private SubjectFit() {}

  /**
   * Fits a subject.
   *
   * @param shapes at least two, each once
   */
  public static FittedSubject of(Subject subject, List<PooledShape> shapes) {
    List<FormDesign> designs = designs(subject, shapes);
    RidgePoint ridge = RidgePoint.of(subject.device());
    Curve curve = Curve.fit(designs, new int[0], ridge);
    int[] foldOf = folds(designs.getFirst().shapes().size());
    List<Curve> folds = new ArrayList<>();
    for (int fold = 0; fold < Math.min(foldOf.length, MAX_FOLDS); fold++) {
      folds.add(Curve.fit(designs, held(foldOf, fold), ridge));
    }
    return FittedSubject.of(subject, designs, curve, new CrossFit(folds, foldOf));
  }

  /** Returns the designs of a subject over its shapes, of many over some that are evenly spaced. */
  static List<FormDesign> designs(Subject subject, List<PooledShape> shapes) {
    List<PooledShape> used = spaced(shapes.stream().sorted(PooledShape.BY_SHAPE).toList());
    return designs(subject, ResidualField.DEFAULT, used);
  }

  static List<FormDesign> designs(Subject subject, ResidualField field, List<PooledShape> shapes) {
    return LawForm.of(subject.phase()).stream()
        .map(form -> new FormDesign(form, field, shapes))
        .toList();
  }

  /** Returns the rows of one fold, ascending. */
  static int[] held(int[] foldOf, int fold) {
    return IntStream.range(0, foldOf.length).filter(row -> foldOf[row] == fold).toArray();
  }

  private static List<PooledShape> spaced(List<PooledShape> shapes) {
    if (shapes.size() <= MAX_SHAPES) {
      return shapes;
    }
    return IntStream.range(0, MAX_SHAPES)
        .mapToObj(i -> shapes.get((int) ((long) i * (shapes.size() - 1) / (MAX_SHAPES - 1))))
        .toList();
  }

  /** Returns the fold of each shape. */
  private static int[] folds(int shapes) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, shapes).boxed().toList());
    Collections.shuffle(order, new Random(FOLD_SEED));
    int[] foldOf = new int[shapes];
    for (int i = 0; i < shapes; i++) {
      foldOf[order.get(i)] = i % MAX_FOLDS;
    }
    return foldOf;
  }
}
