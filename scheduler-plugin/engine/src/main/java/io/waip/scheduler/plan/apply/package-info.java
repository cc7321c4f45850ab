/**
 * Decides when a plan takes another one's place, and takes it back when it does not do what was
 * predicted. Enter what a window of requests came to and a candidate; leaves what is in force next.
 * Makes no plan, applies none, knows no clock. Confined to one thread of the driver's control loop.
 */
@NullMarked
package io.waip.scheduler.plan.apply;

import org.jspecify.annotations.NullMarked;
