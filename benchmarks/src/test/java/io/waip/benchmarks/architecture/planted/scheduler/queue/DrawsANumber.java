package io.waip.benchmarks.architecture.planted.scheduler.queue;

/** Breaks: the engine leaves nothing to chance. */
final class DrawsANumber {
  double draw() {
    return Math.random();
  }
}
