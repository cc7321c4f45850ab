/**
 * Seeded arrival processes and changes of a sequence's rate. What leaves is an array of arrival
 * times in nanoseconds from the start. No threads, no clock.
 */
@NullMarked
package io.waip.replay.arrivals;

import org.jspecify.annotations.NullMarked;
