/**
 * Wires the rooms into one state machine. Events enter, decisions leave. Reads no clock, starts no
 * thread, does no I/O. Single writer.
 */
@NullMarked
package io.waip.scheduler.runtime;

import org.jspecify.annotations.NullMarked;
