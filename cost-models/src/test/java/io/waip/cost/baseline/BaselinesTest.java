package io.waip.cost.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementReader;
import io.waip.api.measurement.Phase;
import io.waip.cost.Measurements;
import io.waip.cost.fit.FittedSubject;
import io.waip.cost.fit.SubjectFit;
import io.waip.cost.read.SplitwiseReader;
import io.waip.cost.read.VidurReader;
import io.waip.cost.shape.PooledShape;
import io.waip.cost.shape.SubjectShapes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Mean relative error at held-out shapes of the fit, a straight line, a random forest and boosted
 * trees, from the same shapes of the published tables; printed, and the fit's is the least.
 */
class BaselinesTest {
  private static final int SPLITS = 5;

  @ParameterizedTest
  @CsvSource({
    "vidur_profile_a100_Llama-2-7b-hf_mlp.csv, WHOLE, 50",
    "vidur_profile_a100_phi-2_mlp.csv, WHOLE, 50",
    // Four fifths of no subject's shapes are more than 15.
    "splitwise_perf_model.csv, PREFILL, 20",
    "splitwise_perf_model.csv, DECODE, 20"
  })
  void theFitIsNearerThanEachBaselineAtEachNumberOfPoints(String name, Phase phase, int most)
      throws IOException {
    List<SubjectShapes> subjects = subjects(name, phase);
    int[] sizes = IntStream.of(12, 20, 50).filter(points -> points <= most).toArray();
    for (int points : sizes) {
      double[] errors = errors(subjects, points);
      System.out.printf(
          Locale.ROOT,
          "%s %s, %d points: mean error fit %.2f %%, line %.2f %%, forest %.2f %%, boosted %.2f %%%n",
          name,
          phase,
          points,
          100 * errors[0],
          100 * errors[1],
          100 * errors[2],
          100 * errors[3]);
      for (int b = 1; b < errors.length; b++) {
        assertThat(errors[0]).isLessThan(errors[b]);
      }
    }
  }

  private static List<SubjectShapes> subjects(String name, Phase phase) throws IOException {
    Optional<Path> file = Measurements.shared(name);
    assumeTrue(
        file.isPresent(),
        "skipped: " + name + " is neither in WAIP_SHARED nor beside the checkout");
    MeasurementReader reader = phase == Phase.WHOLE ? new VidurReader() : new SplitwiseReader();
    List<Measurement> own =
        reader.read(file.orElseThrow()).stream().filter(m -> m.subject().phase() == phase).toList();
    return SubjectShapes.of(own);
  }

  /** Returns the mean errors of the fit and of each baseline. */
  private static double[] errors(List<SubjectShapes> subjects, int points) {
    double[] sums = new double[1 + Baseline.values().length];
    int count = 0;
    for (SubjectShapes subject : subjects) {
      for (int seed = 0; seed < SPLITS; seed++) {
        List<PooledShape> drawn = new ArrayList<>(subject.shapes());
        Collections.shuffle(drawn, new Random(seed));
        int train = Math.min(points, drawn.size() * 4 / 5);
        List<PooledShape> seen = drawn.subList(0, train);
        List<PooledShape> unseen = drawn.subList(train, drawn.size());
        FittedSubject fit = SubjectFit.of(subject.subject(), seen);
        double[] own =
            unseen.stream()
                .mapToDouble(s -> fit.predict(s.batch(), s.length()).medianNanos())
                .toArray();
        sums[0] += error(unseen, own);
        for (Baseline baseline : Baseline.values()) {
          sums[1 + baseline.ordinal()] += error(unseen, baseline.predict(seen, unseen, seed));
        }
        count += unseen.size();
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= count;
    }
    return sums;
  }

  /** Returns the sum of the relative errors. */
  private static double error(List<PooledShape> unseen, double[] nanos) {
    double sum = 0;
    for (int i = 0; i < nanos.length; i++) {
      sum += Math.abs(nanos[i] / unseen.get(i).nanos() - 1);
    }
    return sum;
  }
}
