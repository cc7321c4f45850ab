package io.waip.replay.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.replay.Noise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The interval of one replay holds the attainment of a long run of the same process. */
class CoverageTest {
  private static final int DRAWS = 60;
  private static final int REQUESTS = 24_000;
  private static final int LONG_RUN = 20;

  private static Attainment attained(String arrivals, double rate, int times, long seed) {
    CapacityQuestion question =
        new CapacityQuestion(
            Questions.traffic(arrivals, times * REQUESTS, rate),
            List.of(Questions.target(50, 0.9)),
            List.of(DeviceKind.of("l4", 1, 1, 1)),
            64,
            Noise.none(seed),
            CapacityQuestion.Effort.DEFAULT);
    return new Trials(question, _ -> {}).figures(new Offer("l4", false).of(1)).all();
  }

  private static List<Attainment> draws(String arrivals, double rate) {
    List<Attainment> draws = new ArrayList<>();
    for (long seed = 1; seed <= DRAWS; seed++) {
      draws.add(attained(arrivals, rate, 1, seed));
    }
    return draws;
  }

  private static double share(List<Attainment> draws, double truth) {
    return (double) draws.stream().filter(d -> d.low() <= truth && truth <= d.high()).count()
        / draws.size();
  }

  private static double told(String process, List<Attainment> draws, double truth) {
    double width = draws.stream().mapToDouble(d -> d.high() - d.low()).average().orElseThrow();
    System.out.printf(
        "figures: %s: long run attains %.4f, held by %.2f of %d intervals, mean width %.4f%n",
        process, truth, share(draws, truth), DRAWS, width);
    return share(draws, truth);
  }

  /** Nominally 0.9; 200 s in 20 blocks, or 40 s in 10 shorter ones. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gamma:cv=8 | 120",
        "gamma:cv=13 | 120",
        "mmpp:rates=1/4,dwell=2s/500ms | 600",
      })
  void holdsTheAttainmentOfALongRun(String arrivals, double rate) {
    double truth = attained(arrivals, rate, LONG_RUN, 1_000).share();
    assertThat(told(arrivals, draws(arrivals, rate), truth)).isBetween(0.8, 1.0);
  }

  /** Arrivals are stretched to the rate asked for, so runs differ less than free ones would. */
  @Test
  void isTooWideWhereTheRateIsFixedAndAlone() {
    double truth = attained("poisson", 1150, LONG_RUN, 1_000).share();
    assertThat(told("poisson", draws("poisson", 1150), truth)).isGreaterThan(0.95);
  }

  /** One block in ten thousand fails: most windows hold no failure, and nothing to resample. */
  @Test
  void isTooNarrowWhereMissesAreRare() {
    double truth = attained("gamma:cv=4", 120, LONG_RUN, 1_000).share();
    assertThat(told("gamma:cv=4", draws("gamma:cv=4", 120), truth)).isLessThan(0.8);
  }

  /** A planted fault: intervals of requests taken for independent. */
  @Test
  void blocksOfSingleRequestsAreCaught() {
    String arrivals = "gamma:cv=13";
    double truth = attained(arrivals, 120, LONG_RUN, 1_000).share();
    List<Attainment> narrow =
        draws(arrivals, 120).stream()
            .map(draw -> {
              double half = 1.645 * Math.sqrt(draw.share() * (1 - draw.share()) / REQUESTS);
              return new Attainment(draw.share(), draw.share() - half, draw.share() + half);
            })
            .toList();
    assertThat(told("gamma:cv=13, independent requests", narrow, truth)).isLessThan(0.7);
  }
}
