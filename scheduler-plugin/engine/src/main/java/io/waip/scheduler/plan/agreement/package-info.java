/**
 * Keeps the quality of variants honest: from a sample of answers that were also made by the
 * reference, how often a variant agrees at least, and whether it stopped to.
 *
 * <p>Which answers are compared says {@link io.waip.scheduler.plan.agreement.ExecutionSampler};
 * {@link io.waip.scheduler.plan.agreement.QualityDesk} keeps the evidence of a service.
 *
 * <p>In come comparisons, one at a time; out come lower bounds that hold at every moment and an
 * alarm. Control plane: single writer, no clock, no randomness.
 */
@NullMarked
package io.waip.scheduler.plan.agreement;

import org.jspecify.annotations.NullMarked;
