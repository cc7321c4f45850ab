package io.waip.replay.records;

/**
 * A record that was not reproduced.
 *
 * @param record its number in the file, from 0
 * @param timeNanos time of the event it belongs to, nanoseconds of the driver's clock
 * @param difference what differs first
 */
public record Divergence(long record, long timeNanos, Difference difference) {}
