package io.waip.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VolatileReadBenchmarkTest {
  @Test
  void readsTheField() {
    assertThat(new VolatileReadBenchmark().volatileRead()).isEqualTo(42);
  }
}
