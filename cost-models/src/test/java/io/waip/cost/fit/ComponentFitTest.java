package io.waip.cost.fit;

import static io.waip.cost.Measurements.SUBJECT;
import static io.waip.cost.Measurements.curve;
import static io.waip.cost.Measurements.multiples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import io.waip.cost.shape.PooledShape;
import io.waip.cost.shape.SubjectShapes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComponentFitTest {
  private static final RidgePoint ANY = new RidgePoint(200, 0.25);
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
    ComponentFit fit = ComponentFit.of(all, new int[0], ANY);
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
    Component fit = ComponentFit.of(design, new int[0], ANY).component();
    Sight far = design.see(1_000_000, 1_000_000);

    double law = Math.log(Component.dot(fit.coefficients(), far.factors()));
    assertThat(fit.logNanos(far)).isCloseTo(law, within(1e-3));
  }

  /** 1 ms for each of 6 shapes of many samples, and 2 ms for one in their midst. */
  private static FormDesign oneAstray(long samplesOfIt) {
    List<PooledShape> shapes = new ArrayList<>();
    for (int length : new int[] {50, 60, 70, 80, 90, 100, 110}) {
      boolean astray = length == 80;
      Measurement point =
          new Measurement(
              SUBJECT,
              1,
              length,
              astray ? 2e6 : 1e6,
              OptionalDouble.empty(),
              astray ? samplesOfIt : 1000,
              new Source("f", length));
      shapes.add(new PooledShape(1, length, point.medianNanos(), List.of(point)));
    }
    return new FormDesign(LawForm.of(Phase.WHOLE).getFirst(), ResidualField.DEFAULT, shapes);
  }

  private static double lawNanos(FormDesign design) {
    double[] fitted = ComponentFit.of(design, new int[0], ANY).component().coefficients();
    return Component.dot(fitted, design.see(1, 80).factors());
  }

  @Test
  void theLawFollowsAPointOfFewSamplesLess() {
    assertThat(lawNanos(oneAstray(1))).isLessThan(lawNanos(oneAstray(1000)) * 0.98);
  }

  @Test
  void theFieldFollowsAPointOfFewSamplesLess() {
    double[] law = {1e6, 0, 0, 0};
    FormDesign few = oneAstray(1);
    FormDesign many = oneAstray(1000);
    double followsFew = ComponentFit.restore(few, new int[0], law).logNanos(few.see(1, 80));
    double followsMany = ComponentFit.restore(many, new int[0], law).logNanos(many.see(1, 80));

    assertThat(Math.exp(followsFew)).isLessThan(Math.exp(followsMany) * 0.95);
  }

  /** Returns the law's time of one token, where only 300 tokens and more were measured. */
  private static double floorNanos(RidgePoint ridge) {
    FormDesign design =
        design(
            SubjectShapes.of(curve(SUBJECT, n -> 1e5 * n, multiples(300, 12), 0))
                .getFirst()
                .shapes());
    double[] law = ComponentFit.of(design, new int[0], ridge).component().coefficients();
    return Component.dot(law, design.see(1, 1).factors());
  }

  @Test
  void belowTheMeasuredTokensRooflinesHaveTheFloorThatIsBelieved() {
    double lower = floorNanos(new RidgePoint(150, 0.4));
    double higher = floorNanos(new RidgePoint(300, 0.4));

    // At 1e5 ns for a token the floors are 1.5e7 and 3e7 ns; the points pull a little.
    assertThat(lower).isBetween(1.2e7, 1.9e7);
    assertThat(higher / lower).isGreaterThan(1.15);
  }
}
