package io.waip.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingHopBenchmarkTest {
  @ParameterizedTest
  @ValueSource(strings = {"one_to_one", "many_to_one"})
  void givesTheMessageBack(String ring) throws InterruptedException {
    RingHopBenchmark benchmark = new RingHopBenchmark();
    benchmark.ring = ring;
    benchmark.setUp();
    try {
      for (int op = 0; op < 100; op++) {
        assertThat(benchmark.ringRoundTrip()).isEqualTo(42);
        assertThat(benchmark.ringPushPoll()).isEqualTo(42);
      }
    } finally {
      benchmark.tearDown();
    }
  }
}
