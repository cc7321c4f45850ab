package io.waip.benchmarks.architecture.planted.scheduler.queue;

import java.nio.file.Path;

/** Breaks: the engine does no I/O. */
final class WritesAFile {
  Path file() {
    return Path.of("x");
  }
}
