/**
 * How many devices of which kind serve requests within their objectives, and what they cost. A
 * {@link io.waip.replay.capacity.CapacityQuestion} enters, a {@link
 * io.waip.replay.capacity.CapacityAnswer} leaves: the planner's engine is replayed in virtual time
 * on each number of devices that the goodput limit does not rule out. Deterministic under a seed.
 * No threads, no clock, no I/O.
 */
@NullMarked
package io.waip.replay.capacity;

import org.jspecify.annotations.NullMarked;
