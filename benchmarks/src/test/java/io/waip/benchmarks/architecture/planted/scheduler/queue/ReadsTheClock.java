package io.waip.benchmarks.architecture.planted.scheduler.queue;

/** Breaks: the engine reads no clock. */
final class ReadsTheClock {
  long now() {
    return System.nanoTime();
  }
}
