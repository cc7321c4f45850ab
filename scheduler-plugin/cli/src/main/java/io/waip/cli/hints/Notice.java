package io.waip.cli.hints;

import io.waip.api.drift.Hint;

/**
 * A hint as it came.
 *
 * @param fingerprint by which repetitions are known; empty where it has none
 * @param isResolved whether it says that its subject is well again
 */
record Notice(Hint hint, String fingerprint, boolean isResolved) {}
