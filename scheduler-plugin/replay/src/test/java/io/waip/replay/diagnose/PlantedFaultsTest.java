package io.waip.replay.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every cause planted in three variants, diagnosed from the files that a user would gather, without
 * a word of what was planted; then what the remedy of the first finding says is carried out and the
 * run repeated.
 */
class PlantedFaultsTest {
  /** What a remedy has to gain in attainment, or in the 99th percentile where that is met. */
  private static final double LEAST_GAIN = 0.01;

  private static final double LEAST_P99_GAIN = 0.1;

  @TempDir private Path folder;

  /** How a variant went. */
  private record Trial(Cause planted, List<Cause> named, Score before, Score after) {
    boolean isHit() {
      return !named.isEmpty() && named.getFirst() == planted;
    }

    boolean isBetter() {
      boolean isMoreInTime = after.attainment >= before.attainment + LEAST_GAIN;
      boolean isFaster =
          after.attainment >= before.attainment
              && after.p99Millis <= (1 - LEAST_P99_GAIN) * before.p99Millis;
      return isMoreInTime || isFaster;
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "%-24s %-5s %-6s %6.1f %% -> %5.1f %%  p99 %8.1f -> %7.1f ms  named %s",
          planted.label(),
          isHit() ? "hit" : "MISS",
          isBetter() ? "helps" : "NOHELP",
          100 * before.attainment,
          100 * after.attainment,
          before.p99Millis,
          after.p99Millis,
          named.stream().map(Cause::label).toList());
    }
  }

  /** How requests fared. */
  private record Score(double attainment, double p99Millis) {}

  private Trial server(Cause planted, Scenario scenario) throws IOException {
    ServerRun run = ServerRun.of(scenario);
    Path files = Files.createTempDirectory(folder, "server");
    Diagnosis diagnosis = Diagnoser.diagnose(run.observed(files));
    Score before = new Score(run.attainment(), run.p99Millis());
    if (!diagnosis.findings().isEmpty()) {
      scenario.apply(diagnosis.findings().getFirst().remedy());
    }
    ServerRun again = ServerRun.of(scenario);
    return new Trial(
        planted, causes(diagnosis), before, new Score(again.attainment(), again.p99Millis()));
  }

  private Trial run(RecordPlant plant) throws IOException {
    Path files = Files.createTempDirectory(folder, "records");
    Diagnosis diagnosis = Diagnoser.diagnose(plant.observed(files));
    String of =
        diagnosis.findings().isEmpty() ? "" : diagnosis.findings().getFirst().explained().of();
    Score before = new Score(plant.attainment(of), plant.p99Millis());
    if (!diagnosis.findings().isEmpty()) {
      plant.apply(diagnosis.findings().getFirst().remedy());
    }
    Score after = new Score(plant.attainment(of), plant.p99Millis());
    return new Trial(plant.cause(), causes(diagnosis), before, after);
  }

  private static List<Cause> causes(Diagnosis diagnosis) {
    return diagnosis.findings().stream().map(Finding::cause).toList();
  }

  /**
   * Runs all plants and variants.
   *
   * @param more added to their seeds
   * @param factor on their rates
   */
  private List<Trial> trials(long more, double factor) throws IOException {
    List<Trial> trials = new ArrayList<>();
    for (int v = 0; v < ServerPlant.VARIANTS; v++) {
      for (ServerPlant plant : ServerPlant.ALL) {
        trials.add(server(plant.cause(), plant.variant().apply(v).otherwise(more, factor)));
      }
      for (RecordPlant plant : RecordPlant.all(v)) {
        trials.add(run(plant.otherwise(more, factor)));
      }
    }
    return trials;
  }

  @ParameterizedTest(name = "seeds + {0}, rates x {1}")
  @CsvSource({"0,1", "5000,1.03"})
  void namesPlantedFaultsAndItsRemediesHelp(long more, double factor) throws IOException {
    List<Trial> trials = trials(more, factor);
    trials.forEach(trial -> System.out.println(trial.line()));
    assertThat(trials.stream().map(Trial::planted).distinct())
        .containsExactlyInAnyOrder(Cause.values());
    long hits = trials.stream().filter(Trial::isHit).count();
    long helped = trials.stream().filter(Trial::isHit).filter(Trial::isBetter).count();
    System.out.printf(
        Locale.ROOT, "%d of %d hits, %d of them helped%n", hits, trials.size(), helped);
    assertThat(hits).isGreaterThanOrEqualTo(Math.round(0.95 * trials.size()));
    assertThat(helped).isEqualTo(hits);
    assertThat(Arrays.stream(Cause.values()).filter(cause -> isAlwaysHit(trials, cause)).count())
        .as("causes named right in every variant")
        .isGreaterThanOrEqualTo(19);
  }

  private static boolean isAlwaysHit(List<Trial> trials, Cause cause) {
    return trials.stream().filter(trial -> trial.planted == cause).allMatch(Trial::isHit);
  }
}
