package io.waip.replay;

/**
 * Worker time of a run that served nobody.
 *
 * @param paddingNanos what batches took longer than with every member at its own length
 * @param idleNanos of workers that were up, without a batch, while requests waited
 */
public record Waste(long paddingNanos, long idleNanos) {}
