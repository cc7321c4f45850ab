/**
 * Judges placements of variants on devices by running the engine over the last requests in virtual
 * time, and searches for the plan that keeps the objectives at the lowest cost.
 *
 * <p>In come a planning problem, its plans and a window of requests; out come served shares,
 * latencies and use of devices. Deterministic; no clock, no threads of its own.
 */
@NullMarked
package io.waip.replay.judge;

import org.jspecify.annotations.NullMarked;
