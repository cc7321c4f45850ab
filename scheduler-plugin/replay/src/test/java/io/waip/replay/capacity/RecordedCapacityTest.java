package io.waip.replay.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waip.replay.Pace;
import io.waip.replay.Traffic;
import io.waip.replay.trace.TestWorkloads;
import io.waip.replay.trace.TraceReader;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Azure conversation trace, compressed in time. */
class RecordedCapacityTest {
  private static final String TRACE = "azure_llm_2023_conv.csv";

  @ParameterizedTest
  @ValueSource(doubles = {500, 2000, 8000})
  void findsWhatAReplayOfEveryNumberFinds(double perSecond) {
    Optional<Path> file = TestWorkloads.shared(TRACE);
    assumeTrue(file.isPresent(), "skipped: " + TRACE + " is neither in WAIP_SHARED nor beside");
    Traffic traffic =
        Traffic.recorded(TraceReader.read(file.orElseThrow()), new Pace.Rate(perSecond));
    CapacityQuestion question = Questions.simple(traffic, 16);
    long start = System.nanoTime();
    CapacityAnswer answer = CapacityPlanner.answer(question);
    double seconds = (System.nanoTime() - start) / 1e9;
    CapacityFigures chosen = answer.chosen();
    System.out.printf(
        "figures: conv at %.0f/s: %s, %.4f [%.4f, %.4f] in time, limit %.1f/s, %.1f s; %s%n",
        perSecond,
        chosen.purchase().text(),
        chosen.all().share(),
        chosen.all().low(),
        chosen.all().high(),
        chosen.limitPerSecond(),
        seconds,
        answer.shortfall().text());
    Offer offer = answer.offers().getFirst().offer();
    assertThat(answer.offers().getFirst().smallest())
        .isEqualTo(Questions.first(Questions.bruteForce(question, offer)));
  }
}
