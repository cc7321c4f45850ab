package io.waip.benchmarks.architecture.planted.cli;

import io.waip.benchmarks.architecture.planted.cost.Curve;
import org.jspecify.annotations.Nullable;

/** Breaks: the command line finds cost models at run time. */
final class KnowsACostModel {
  @Nullable Curve curve;
}
