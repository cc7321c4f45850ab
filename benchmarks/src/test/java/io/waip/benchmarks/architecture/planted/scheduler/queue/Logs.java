package io.waip.benchmarks.architecture.planted.scheduler.queue;

/** Breaks: the engine has no logger. */
final class Logs {
  final System.Logger logger = System.getLogger("x");
}
