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
  @CsvSource({"equal, 1, 0", "equal, 64, 0", "mixed, 1, 0.02", "mixed, 64, 0.04"})
  void answersAsManyRequestsAsArrive(String lengths, int tenants, double mayExpire) {
    AdmissionToCompletionBenchmark benchmark = benchmark(lengths, tenants);
    SteadyEngine engine = benchmark.engine();
    for (int op = 0; op < 20_000; op++) {
      benchmark.admissionToCompletion();
      assertThat(engine.completed() + engine.otherwiseEnded() + engine.queued() + engine.running())
          .isEqualTo(engine.arrived());
    }
    assertThat((double) engine.otherwiseEnded() / engine.arrived()).isLessThanOrEqualTo(mayExpire);
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
