package io.waip.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionToCompletionBenchmarkTest {
  private static AdmissionToCompletionBenchmark benchmark(String lengths, int tenants) {
    AdmissionToCompletionBenchmark benchmark = new AdmissionToCompletionBenchmark();
    benchmark.lengths = lengths;
    benchmark.tenants = tenants;
    benchmark.setUp();
    return benchmark;
  }

  @ParameterizedTest
  @CsvSource({"equal, 1", "equal, 64", "mixed, 1", "mixed, 64"})
  void answersAsManyRequestsAsArriveAndRefusesNone(String lengths, int tenants) {
    AdmissionToCompletionBenchmark benchmark = benchmark(lengths, tenants);
    long arrivedBefore = benchmark.engine().arrived();
    long completedBefore = benchmark.engine().completed();
    long last = completedBefore;
    for (int op = 0; op < 10_000; op++) {
      last = benchmark.admissionToCompletion();
    }
    assertThat(benchmark.engine().arrived() - arrivedBefore).isEqualTo(10_000);
    assertThat(benchmark.engine().otherwiseEnded()).isZero();
    // Never further apart than a batch in the queue and one in flight.
    assertThat(last - completedBefore).isBetween(10_000L - 64, 10_000L + 64);
  }

  @ParameterizedTest
  @CsvSource({"equal, 1", "equal, 64", "mixed, 1", "mixed, 64"})
  void keepsTheQueueWithinABatchOfItsTarget(String lengths, int tenants) {
    AdmissionToCompletionBenchmark benchmark = benchmark(lengths, tenants);
    for (int op = 0; op < 2_000; op++) {
      benchmark.admissionToCompletion();
      assertThat(benchmark.engine().queued()).isBetween(256 - 32, 256 + 32);
    }
  }
}
