package io.waip.cost.fit;

import static io.waip.cost.Measurements.SUBJECT;
import static io.waip.cost.Measurements.curve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.measurement.Phase;
import io.waip.cost.shape.PooledShape;
import io.waip.cost.shape.SubjectShapes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComponentFitTest {
  private static final int[] LENGTHS = {8, 20, 50, 90, 130, 300, 500, 700};

  private static List<PooledShape> shapes() {
    return SubjectShapes.of(curve(SUBJECT, n -> 1e6 + 1e4 * n, LENGTHS, 0.05)).getFirst().shapes();
  }

  private static FormDesign design(List<PooledShape> shapes) {
    return new FormDesign(LawForm.of(Phase.WHOLE).get(3), ResidualField.DEFAULT, shapes);
  }

  private static List<PooledShape> without(List<PooledShape> shapes, int... rows) {
    List<PooledShape> kept = new ArrayList<>(shapes);
    IntStream.of(rows).boxed().sorted((a, b) -> b - a).forEach(row -> kept.remove((int) row));
    return kept;
  }

  @Test
  void aFitWithoutSomeShapesIsThatOfADesignWithoutThem() {
    List<PooledShape> shapes = shapes();
    double[] coefficients = new double[design(shapes).form().terms().size()];
    coefficients[0] = 9e5;
    coefficients[1] = 1.1e4;
    FormDesign all = design(shapes);
    FormDesign part = design(without(shapes, 1, 4, 5));

    Component held = ComponentFit.restore(all, new int[] {1, 4, 5}, coefficients);
    Component alone = ComponentFit.restore(part, new int[0], coefficients);

    for (int length : new int[] {4, 50, 111, 130, 900}) {
      assertThat(held.logNanos(all.see(1, length)))
          .isCloseTo(alone.logNanos(part.see(1, length)), within(1e-9));
    }
  }

  @Test
  void theErrorLeavingOneOutIsThatOfTheFieldOfTheOthers() {
    List<PooledShape> shapes = shapes();
    FormDesign all = design(shapes);
    ComponentFit fit = ComponentFit.of(all, new int[0], new RidgePoint(200, 0.25));
    double sum = 0;
    for (int i = 0; i < shapes.size(); i++) {
      Component others = ComponentFit.restore(all, new int[] {i}, fit.component().coefficients());
      double error =
          Math.log(shapes.get(i).nanos()) - others.logNanos(all.see(1, shapes.get(i).length()));
      sum += error * error;
    }

    assertThat(fit.leaveOneOutError()).isCloseTo(Math.sqrt(sum / shapes.size()), within(1e-9));
  }

  @Test
  void farFromAllPointsTheFieldFallsBackToTheLaw() {
    FormDesign design = design(shapes());
    Component fit = ComponentFit.of(design, new int[0], new RidgePoint(200, 0.25)).component();
    Sight far = design.see(1_000_000, 1_000_000);

    double law = Math.log(Component.dot(fit.coefficients(), far.factors()));
    assertThat(fit.logNanos(far)).isCloseTo(law, within(1e-3));
  }
}
