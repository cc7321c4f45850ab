/**
 * Watches streams of a running system and says when one has drifted: arrivals, lengths, hit rate,
 * mix of classes, and the residuals of a cost model.
 *
 * <p>Observations enter, each with its time in nanoseconds of any one clock, never decreasing;
 * alarms leave. Nothing here reads a clock, starts a thread, does I/O, draws a number or decides
 * what an alarm means. Nothing is allocated after construction. Every object is for one thread.
 */
@NullMarked
package io.waip.cost.drift;

import org.jspecify.annotations.NullMarked;
