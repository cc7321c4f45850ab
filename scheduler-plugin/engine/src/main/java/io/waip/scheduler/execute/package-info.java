/**
 * Batches in flight: what was dispatched where, until its end is reported. Single writer: the
 * engine's thread.
 */
@NullMarked
package io.waip.scheduler.execute;

import org.jspecify.annotations.NullMarked;
