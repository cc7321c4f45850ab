package io.waip.cli.bench.planner;

import java.util.List;

/**
 * A form of the model, loaded with a number of threads.
 *
 * @param name of the loaded model
 * @param isQuantized int8 in the place of fp32
 * @param threads of an execution, which takes as many cores
 */
record BenchVariant(String name, boolean isQuantized, int threads) {
  /** Each form with one thread and two, the reference first. */
  static final List<BenchVariant> ALL =
      List.of(
          new BenchVariant("fp32_1", false, 1),
          new BenchVariant("int8_1", true, 1),
          new BenchVariant("fp32_2", false, 2),
          new BenchVariant("int8_2", true, 2));

  /** Those that answer as the reference does. */
  static final List<BenchVariant> EXACT = List.of(ALL.get(0), ALL.get(2));

  /** Returns how many executions the cores hold at once. */
  int instances(int cores) {
    return Math.max(1, cores / threads);
  }

  /** Returns the kind of endpoint it runs on: executions as wide as its own. */
  String device() {
    return "width-" + threads;
  }
}
