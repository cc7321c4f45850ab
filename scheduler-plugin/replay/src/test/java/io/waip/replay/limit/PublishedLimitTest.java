package io.waip.replay.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waip.replay.arrivals.Arrivals;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.trace.TestWorkloads;
import io.waip.replay.trace.TraceReader;
import io.waip.replay.trace.Workload;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The limit on the Azure conversation trace against figures another implementation gave: a batch
 * takes 4 ms + 0.8 ms for each request, at most 64.
 */
class PublishedLimitTest {
  @ParameterizedTest
  @CsvSource({
    "664, 30, 1, 0.999",
    "995, 30, 1, 0.903",
    "1438, 30, 1, 0.687",
    "995, 50, 4, 0.965",
    "1438, 50, 4, 0.785"
  })
  void equalsTheOtherImplementation(int perWorker, int sloMs, int workers, double limit) {
    Optional<Path> file = TestWorkloads.shared("azure_llm_2023_conv.csv");
    assumeTrue(
        file.isPresent(), "skipped: azure_llm_2023_conv.csv is neither in WAIP_SHARED nor beside");
    long[] recorded = TraceReader.read(file.orElseThrow()).arrivalNanos();
    long[] arrivals = Arrivals.rescale(recorded, perWorker * workers);
    Workload workload =
        TestWorkloads.uniformDeadline(arrivals, sloMs * 1_000_000L, Arrivals.windowNanos(arrivals));
    BatchCost cost = BatchCost.of(CostSpec.parse("alpha=4ms,beta=0.8ms"));
    GoodputLimit found = GoodputLimit.of(workload, cost, new WorkerPool(workers, 1, 64));
    assertThat(found.requests() / workload.size()).isCloseTo(limit, Offset.offset(0.01));
  }
}
