/**
 * Corrects a cost model while it is used, and says how far its predictions are off.
 *
 * <p>Measured executions enter; factors on the next predictions leave: to their median, and to a
 * bound that only a given share exceeds. Nothing here reads a clock, starts a thread, does I/O or
 * draws a number; nothing is allocated after construction. Every object is for one thread.
 */
@NullMarked
package io.waip.cost.online;

import org.jspecify.annotations.NullMarked;
