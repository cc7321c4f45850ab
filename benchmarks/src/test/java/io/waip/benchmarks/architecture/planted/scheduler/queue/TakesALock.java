package io.waip.benchmarks.architecture.planted.scheduler.queue;

import java.util.concurrent.locks.ReentrantLock;

/** Breaks: the engine takes no lock. */
final class TakesALock {
  final ReentrantLock lock = new ReentrantLock();
}
