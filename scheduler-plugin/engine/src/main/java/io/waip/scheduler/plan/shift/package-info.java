/**
 * When deferrable work is done: inside its deadlines, in the hours in which energy is cheapest or
 * cleanest by a forecast, on the devices that interactive work leaves free and under a cap of
 * power.
 *
 * <p>In come jobs, spare devices and terms of energy by slot; out come the work of each job in each
 * slot, what cannot be done in time and how little would help, and what the same work would take
 * done at once. Control plane: no clock, no randomness, no threads; the same problem gives the same
 * plan.
 */
@NullMarked
package io.waip.scheduler.plan.shift;

import org.jspecify.annotations.NullMarked;
