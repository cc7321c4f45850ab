package io.waip.benchmarks.architecture.planted.api;

import io.waip.benchmarks.architecture.planted.scheduler.runtime.Wiring;
import org.jspecify.annotations.Nullable;

/** Breaks: contracts know no engine. */
final class KnowsTheEngine {
  @Nullable Wiring wiring;
}
