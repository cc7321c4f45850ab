package io.waip.benchmarks.architecture.planted.scheduler.queue;

import io.waip.benchmarks.architecture.planted.scheduler.runtime.Wiring;
import org.jspecify.annotations.Nullable;

/** Breaks: only the runtime knows all rooms. */
final class KnowsTheRuntime {
  @Nullable Wiring wiring;
}
