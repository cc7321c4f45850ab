package io.waip.scheduler.plan.shift;

/**
 * A job on devices of one pool without a break.
 *
 * @param job that runs
 * @param pool number of the pool
 * @param start seconds since the epoch
 * @param end seconds since the epoch
 * @param devices mean number that it keeps busy, {@code > 0}
 */
record Run(DeferrableJob job, int pool, double start, double end, double devices) {}
