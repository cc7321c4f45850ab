package io.waip.benchmarks.architecture.planted.scheduler.state;

import io.waip.benchmarks.architecture.planted.scheduler.admission.Door;
import org.jspecify.annotations.Nullable;

/** Breaks: shared state knows no room. */
final class KnowsARoom {
  @Nullable Door door;
}
