package io.waip.benchmarks.architecture.planted.scheduler.queue;

import java.lang.foreign.MemorySegment;

/** Breaks: foreign memory stays in the bridge. */
final class MapsMemory {
  MemorySegment segment() {
    return MemorySegment.NULL;
  }
}
