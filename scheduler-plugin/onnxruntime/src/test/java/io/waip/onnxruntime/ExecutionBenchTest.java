package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionBenchTest {
  @Test
  void timesOneBatchOnEachWorker() throws Exception {
    try (LoadedModels models = Tiny.lookup();
        ExecutionBench bench = new ExecutionBench(models, 3)) {
      assertThat(bench.sample(0, 8, 16)).hasSize(3).doesNotContain(0L);
      assertThat(models.hasLength()).isTrue();
    }
  }

  @Test
  void needsNoLengthRule() throws Exception {
    try (LoadedModels models =
            LoadedModels.load(List.of(Tiny.variant("lookup", 1, TinyModel.lookup())));
        ExecutionBench bench = new ExecutionBench(models, 1)) {
      assertThat(bench.sample(0, 2, 5)).hasSize(1);
    }
  }

  @Test
  void saysWhatCannotBeExecuted() {
    // Made-up ids are 1, and this table has one row.
    try (LoadedModels models =
            LoadedModels.load(
                List.of(Tiny.variant("narrow", 1, TinyModel.lookupOfZero())), Tiny.LOOKUP_RULE);
        ExecutionBench bench = new ExecutionBench(models, 1)) {
      assertThatThrownBy(() -> bench.sample(0, 2, 4))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("variant 'narrow' cannot be executed at batch 2, length 4");
    }
  }

  @Test
  void knowsTheVersionOfTheRuntime() {
    assertThat(LoadedModels.runtimeVersion()).matches("\\d+\\.\\d+\\..*");
  }
}
