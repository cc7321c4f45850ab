package io.waip.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.contract.LatencyModelContract;
import io.waip.api.cost.CostPoint;
import io.waip.api.cost.LatencyModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RooflineLatencyModelTest extends LatencyModelContract {
  private static final LinearLaw LAW = new LinearLaw(900_000, 20_000, 4_000);

  @Override
  protected LatencyModel create() {
    List<CostPoint> points =
        new ArrayList<>(Points.grid(LAW, new int[] {1, 4, 32}, new int[] {8, 100, 300}));
    points.add(new CostPoint(1, 1, 16, 5e6, 3));
    points.add(new CostPoint(1, 8, 16, 4e6, 3));
    return RooflineLatencyModel.fit(points);
  }

  @Override
  protected int variants() {
    return 2;
  }

  @Test
  void liesNearTheLawBetweenItsPoints() {
    LatencyModel model = create();

    for (int batch : new int[] {2, 7, 20}) {
      for (int length : new int[] {9, 50, 222}) {
        assertThat(model.medianNanos(0, batch, length) / LAW.nanos(batch, length))
            .isCloseTo(1, within(1e-3));
      }
    }
  }

  @Test
  void doesNotPlanWithADip() {
    LatencyModel model = create();

    assertThat(model.medianNanos(1, 8, 16)).isGreaterThanOrEqualTo(model.medianNanos(1, 1, 16));
  }
}
