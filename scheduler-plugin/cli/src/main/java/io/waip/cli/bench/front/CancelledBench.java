package io.waip.cli.bench.front;

/** The bench was ended by a signal. */
final class CancelledBench extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
