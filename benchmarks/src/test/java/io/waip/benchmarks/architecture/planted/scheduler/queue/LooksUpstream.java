package io.waip.benchmarks.architecture.planted.scheduler.queue;

import io.waip.benchmarks.architecture.planted.scheduler.admission.Door;
import org.jspecify.annotations.Nullable;

/** Breaks: a room sees only rooms downstream. */
final class LooksUpstream {
  @Nullable Door door;
}
