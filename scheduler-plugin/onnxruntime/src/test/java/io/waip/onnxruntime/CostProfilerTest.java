package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.cost.CostPoint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostProfilerTest {
  @Test
  void measuresEveryVariantOverBatchAndLength() throws Exception {
    try (LoadedModels models =
        LoadedModels.load(
            List.of(
                Tiny.variant("a", 1, TinyModel.lookup()),
                Tiny.variant("b", 0.9, TinyModel.lookup())),
            Tiny.LOOKUP_RULE)) {
      List<CostPoint> points =
          new CostProfiler(models, 2, Duration.ofSeconds(10)).measure(Duration.ZERO);

      // Batches 1, 2, 4, 8 and lengths 4, 8, 16 for two variants; 3 passes by 2 workers.
      assertThat(points).hasSize(24).allMatch(point -> point.samples() == 6);
      assertThat(points).filteredOn(point -> point.variant() == 1).hasSize(12);
      assertThat(CostProfiler.modelOf(points).medianNanos(1, 8, 16)).isPositive();
    }
  }

  @Test
  void stopsAtTheHorizonButKeepsTheFirstLengthOfEachBatch() throws Exception {
    try (LoadedModels models = Tiny.lookup()) {
      List<CostPoint> points =
          new CostProfiler(models, 1, Duration.ofNanos(1)).measure(Duration.ZERO);

      assertThat(points).extracting(CostPoint::length).containsOnly(4);
      assertThat(points).extracting(CostPoint::batch).containsExactly(1, 2, 4, 8);
      assertThat(points).extracting(CostPoint::samples).containsOnly(1);
    }
  }

  @Test
  void measuresAModelWithoutLengths() throws Exception {
    try (LoadedModels models =
        LoadedModels.load(List.of(Tiny.variant("fixed", 1, TinyModel.fixedShape())))) {
      List<CostPoint> points =
          new CostProfiler(models, 1, Duration.ofSeconds(1)).measure(Duration.ZERO);

      assertThat(points).extracting(CostPoint::length).containsOnly(1);
    }
  }

  @Test
  void refusesToMeasureWithoutWorkersOrHorizon() {
    try (LoadedModels models = Tiny.lookup()) {
      assertThatThrownBy(() -> new CostProfiler(models, 0, Duration.ofSeconds(1)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new CostProfiler(models, 1, Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
