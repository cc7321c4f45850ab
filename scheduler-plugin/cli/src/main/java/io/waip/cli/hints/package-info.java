/**
 * Hints from outside that something has changed: a webhook for alerts and anomaly scores.
 *
 * <p>In come HTTP requests, checked and bounded; out come {@link io.waip.api.drift.Hint}s to one
 * listener. Nothing here changes a setting. Requests are read on threads of their own; hints are
 * passed on one at a time.
 */
@NullMarked
package io.waip.cli.hints;

import org.jspecify.annotations.NullMarked;
