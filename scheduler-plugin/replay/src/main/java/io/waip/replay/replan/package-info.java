/**
 * Plans anew from what a window showed. Enter the requests of the window, what may serve them and
 * the plan in force; leave the best plan found and what both are predicted to make of the window.
 * Deterministic, no clock, no I/O. Single thread.
 */
@NullMarked
package io.waip.replay.replan;

import org.jspecify.annotations.NullMarked;
