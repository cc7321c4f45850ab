package io.waip.api.cost;

/** Makes corrections; found by {@link java.util.ServiceLoader}. Stateless; any thread. */
public interface LatencyCorrectionFactory {
  /** Returns the name users choose it by. */
  String name();

  /** Returns a correction that knows nothing yet: all factors are 1. */
  LatencyCorrection open(CorrectionScope scope);
}
