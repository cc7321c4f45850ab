package io.waip.cli.bench.front;

import io.waip.cli.bench.load.Ledger;
import io.waip.cli.bench.load.LoadLog;

/** Builds logs of a load for tests; times in milliseconds. */
final class Logs {
  private static final long MS = 1_000_000;

  private final Ledger ledger = new Ledger(Long.MAX_VALUE);

  /** A request sent when meant to be and answered rightly. */
  Logs ok(int arm, double sentMs, double doneMs) {
    ledger.answered(open(arm, sentMs), nanos(doneMs), true);
    return this;
  }

  /** A request that the generator sent late. */
  Logs late(double intendedMs, double sentMs, double doneMs) {
    ledger.answered(ledger.open(0, nanos(intendedMs), nanos(sentMs)), nanos(doneMs), true);
    return this;
  }

  Logs error(double sentMs, double doneMs) {
    ledger.failed(open(0, sentMs), nanos(doneMs), "INTERNAL", "planted");
    return this;
  }

  Logs lost(double sentMs) {
    open(0, sentMs);
    return this;
  }

  Logs wrong(double sentMs, double doneMs) {
    ledger.answered(open(0, sentMs), nanos(doneMs), false);
    return this;
  }

  /** A request every 10 ms from a time on, each answered after the latency. */
  Logs steady(double fromMs, int count, double latencyMs) {
    for (int i = 0; i < count; i++) {
      ok(0, fromMs + 10 * i, fromMs + 10 * i + latencyMs);
    }
    return this;
  }

  private int open(int arm, double sentMs) {
    return ledger.open(arm, nanos(sentMs), nanos(sentMs));
  }

  static long nanos(double millis) {
    return (long) (millis * MS);
  }

  LoadLog build() {
    return ledger.close();
  }
}
