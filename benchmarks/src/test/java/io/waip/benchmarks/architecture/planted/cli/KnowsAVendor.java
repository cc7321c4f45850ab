package io.waip.benchmarks.architecture.planted.cli;

import ai.onnxruntime.OrtException;
import org.jspecify.annotations.Nullable;

/** Breaks: vendor types stay in drivers. */
final class KnowsAVendor {
  @Nullable OrtException problem;
}
