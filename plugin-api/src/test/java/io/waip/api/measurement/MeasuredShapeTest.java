package io.waip.api.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MeasuredShapeTest {
  private static final Subject A = new Subject("a", Phase.WHOLE, "", 1, 0);
  private static final Subject B = new Subject("b", Phase.WHOLE, "", 1, 0);

  private static Measurement at(Subject subject, int batch, int length, double nanos, int samples) {
    Source source = new Source("f.csv", 2);
    return new Measurement(subject, batch, length, nanos, OptionalDouble.empty(), samples, source);
  }

  @Test
  void sortsBySubjectAsGivenAndByShape() {
    Map<Subject, List<MeasuredShape>> shapes =
        MeasuredShape.bySubject(List.of(at(B, 2, 4, 1, 1), at(A, 1, 9, 1, 1), at(B, 1, 8, 1, 1)));

    assertThat(shapes.keySet()).containsExactly(B, A);
    assertThat(shapes.get(B)).extracting(MeasuredShape::batch).containsExactly(1, 2);
  }

  @Test
  void poolsRepeatsIntoTheirMedian() {
    List<Measurement> repeats =
        List.of(at(A, 1, 8, 7, 2), at(A, 1, 8, 5, 3), at(A, 1, 8, 60, 4), at(A, 1, 8, 8, 5));
    MeasuredShape shape = MeasuredShape.bySubject(repeats).values().iterator().next().getFirst();

    assertThat(shape.nanos()).isEqualTo(7.5);
    assertThat(shape.samples()).isEqualTo(14);
    assertThat(shape.repeats()).isEqualTo(repeats);
  }

  @Test
  void hasNothingOfNothing() {
    assertThat(MeasuredShape.bySubject(List.of())).isEmpty();
  }
}
