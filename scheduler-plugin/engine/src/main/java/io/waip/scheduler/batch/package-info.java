/**
 * Forms a batch from a window of queued requests: which requests, on which variant, padded to what
 * length. Enters: a window, the plan's predictions. Leaves: a candidate with its score. Removes
 * nothing from the queue. Single writer: the engine's thread.
 */
@NullMarked
package io.waip.scheduler.batch;

import org.jspecify.annotations.NullMarked;
