package io.waip.triton;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyEstimate.Basis;
import io.waip.api.cost.LatencyPredictor;
import io.waip.api.deployment.Tenant;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Subject;
import io.waip.triton.SimulatedLoad.Counts;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cost model is worth to a planner that has seen nothing yet. */
class StartFromACostModelTest {
  private static final Subject SUBJECT = new Subject("fp32", Phase.WHOLE, "cpu", 1, 0);
  private static final int REQUESTS = 1000;
  private static final int SEEDS = 5;

  /** Batches of 28 meet 50 ms at length 128: 570 requests a second. */
  private static double truth(int batch, int length) {
    return 6e6 + 1.2e4 * batch * length;
  }

  private static KnownCost known(double factor) {
    LatencyPredictor predictor =
        (subject, batch, length) ->
            new LatencyEstimate(
                factor * truth(batch, length),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Basis.MEASURED);
    return KnownCost.of(predictor, SUBJECT);
  }

  private static PlanningSpec spec(VariantSpec variant) {
    ServiceSpec service =
        new ServiceSpec("embed", Specs.objective(50), Specs.padded(), List.of(variant), false);
    return PlanningSpec.of(List.of(service), List.of(Tenant.unlimited("gold")), true, List.of());
  }

  private static VariantSpec unknown() {
    return new VariantSpec("fp32", 1);
  }

  /** Requests late or refused, of the first of each seed. */
  private static int lost(double perSecond, String name, VariantSpec variant) {
    int late = 0;
    int refused = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      try (LoopBench bench = new LoopBench(spec(variant))) {
        Counts counts =
            new SimulatedLoad(bench, StartFromACostModelTest::truth, seed).run(REQUESTS, perSecond);
        late += counts.late();
        refused += counts.refused();
        assertThat(counts.inTime() + counts.lost()).isEqualTo(REQUESTS);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "figures: %.0f/s, first %d requests, %s: %.1f late, %.1f refused (mean of %d seeds)%n",
        perSecond,
        REQUESTS,
        name,
        (double) late / SEEDS,
        (double) refused / SEEDS,
        SEEDS);
    return late + refused;
  }

  @ParameterizedTest
  @ValueSource(doubles = {400, 500, 600})
  void atMostTwoThirdsOfWhatAGuessLosesAtFirstAreLost(double perSecond) {
    int guessed = lost(perSecond, "a guess", unknown());
    int modelled = lost(perSecond, "a cost model", unknown().startingFrom(known(1)));
    assertThat(3 * modelled).isLessThan(2 * guessed);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 3})
  void aWrongModelLosesNoMoreThanAGuess(double factor) {
    int guessed = lost(500, "a guess", unknown());
    int wrong = lost(500, "a cost model x" + factor, unknown().startingFrom(known(factor)));
    assertThat(wrong).isLessThan(guessed);
  }

  /** Mean error of the table over shapes, after executions of random shapes. */
  private static double error(LearnedLatencyModel model) {
    double sum = 0;
    int shapes = 0;
    for (int batch = 1; batch <= 32; batch *= 2) {
      for (int length = 16; length <= 256; length *= 2) {
        sum += Math.abs((double) model.medianNanos(0, batch, length) / truth(batch, length) - 1);
        shapes++;
      }
    }
    return sum / shapes;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 3})
  void aWrongModelIsCorrectedWithin10Executions(double factor) {
    LearnedLatencyModel model =
        new LearnedLatencyModel(spec(unknown().startingFrom(known(factor))));
    model.cover(new int[] {32});
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder errors = new StringBuilder();
    for (int executions = 0; executions <= 60; executions++) {
      if (executions % 10 == 0) {
        model.refresh();
        errors.append(String.format(Locale.ROOT, " %d: %.3f", executions, error(model)));
        assertThat(executions < 10 || error(model) < 0.1).as(errors.toString()).isTrue();
      }
      int batch = 1 + random.nextInt(32);
      int length = 16 + random.nextInt(240);
      double noise = Math.exp(0.05 * random.nextGaussian());
      model.observe(0, batch, length, Math.round(truth(batch, length) * noise));
    }
    System.out.printf(
        Locale.ROOT, "figures: model x%.1f, mean error after executions%s%n", factor, errors);
  }

  @Test
  void aModelThatIsRightIsFollowedFromTheFirstRequest() {
    LearnedLatencyModel model = new LearnedLatencyModel(spec(unknown().startingFrom(known(1))));
    model.cover(new int[] {32});
    assertThat(error(model)).isLessThan(0.01);
  }
}
