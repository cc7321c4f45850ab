/**
 * Decides on arrival whether a request may wait. Enters: a request. Leaves: admission, or a refusal
 * with its reason and a retry hint. Governance fails closed; the lateness estimate fails open.
 * Single writer: the engine's thread.
 */
@NullMarked
package io.waip.scheduler.admission;

import org.jspecify.annotations.NullMarked;
