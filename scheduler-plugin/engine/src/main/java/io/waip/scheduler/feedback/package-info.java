/**
 * Measures what happened: outcomes, latencies, and how far predictions were off. Enters: ends of
 * batches and requests. Leaves: corrections for the next prediction, and figures for the control
 * plane. Single writer: the engine's thread.
 */
@NullMarked
package io.waip.scheduler.feedback;

import org.jspecify.annotations.NullMarked;
