package io.waip.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waip.api.cost.FitFigures;
import io.waip.api.cost.FitJudgement;
import io.waip.api.cost.FitJudgement.SubjectFigures;
import io.waip.api.cost.FitTrial;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementReader;
import io.waip.api.measurement.Phase;
import io.waip.cost.read.SplitwiseReader;
import io.waip.cost.read.VidurReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bars for fits to 20 points, on the published tables where they are. */
class PublishedTablesTest {
  private static final RooflineFitter FITTER = new RooflineFitter();
  private static final int SPLITS = 50;

  private static List<Measurement> read(String name, MeasurementReader reader) throws IOException {
    Optional<Path> file = Measurements.shared(name);
    assumeTrue(
        file.isPresent(),
        "skipped: " + name + " is neither in WAIP_SHARED nor beside the checkout");
    return reader.read(file.orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({"vidur_profile_a100_Llama-2-7b-hf_mlp.csv, 4", "vidur_profile_a100_phi-2_mlp.csv, 1"})
  void twentyPointsOfATableOfVidurPredictTheOthers(String name, int degrees) throws IOException {
    FitJudgement judgement =
        FITTER.judge(read(name, new VidurReader()), new FitTrial(20, SPLITS), i -> {});

    assertThat(judgement.subjects()).hasSize(degrees);
    assertThat(judgement.setAside()).isEmpty();
    for (SubjectFigures subject : judgement.subjects()) {
      FitFigures figures = subject.figures();
      assertThat(figures.points()).isEqualTo(259);
      assertThat(figures.meanAbsRelError()).isLessThanOrEqualTo(0.05);
      assertThat(figures.p99AbsRelError()).isLessThanOrEqualTo(0.15);
      assertThat(figures.coverageP95().orElseThrow()).isBetween(0.93, 0.985);
      assertThat(figures.bandP95MedianWidth().orElseThrow())
          .isLessThanOrEqualTo(4 * figures.meanAbsRelError());
      assertThat(figures.coverageP99()).isEmpty();
    }
  }

  @Test
  void promptsAndTokensOfSplitwiseArePredictedFromTheOtherShapes() throws IOException {
    List<Measurement> all = read("splitwise_perf_model.csv", new SplitwiseReader());
    for (Phase phase : List.of(Phase.PREFILL, Phase.DECODE)) {
      List<Measurement> own = all.stream().filter(m -> m.subject().phase() == phase).toList();

      FitJudgement judgement = FITTER.judge(own, new FitTrial(20, SPLITS), i -> {});

      assertThat(judgement.subjects()).hasSize(12);
      assertThat(judgement.overall().meanAbsRelError()).isLessThanOrEqualTo(0.12);
      assertThat(judgement.overall().coverageP95().orElseThrow()).isBetween(0.93, 0.985);
      assertThat(judgement.overall().bandP95MedianWidth().orElseThrow())
          .isLessThanOrEqualTo(4 * judgement.overall().meanAbsRelError());
      assertThat(judgement.overall().coverageP99()).isEmpty();
    }
  }

  @Test
  void batchesThatDidNotFitTwoDevicesAreSetAside() throws IOException {
    FitJudgement judgement =
        FITTER.judge(
            read("splitwise_perf_model.csv", new SplitwiseReader()), new FitTrial(20, 1), i -> {});

    assertThat(judgement.setAside()).hasSize(3);
    assertThat(judgement.setAside())
        .allMatch(aside -> aside.measurement().batch() == 64)
        .allMatch(aside -> aside.measurement().subject().tensorParallel() == 2);
  }
}
