package io.waip.benchmarks.architecture.planted.scheduler.queue;

/** Breaks: the engine starts no thread. */
final class StartsAThread {
  Thread thread() {
    return new Thread(() -> {});
  }
}
