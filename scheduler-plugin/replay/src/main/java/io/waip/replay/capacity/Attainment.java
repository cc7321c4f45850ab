package io.waip.replay.capacity;

/**
 * Share of requests that were completed in time, with the interval of a block bootstrap.
 *
 * @param share of one replay, {@code [0, 1]}; NaN where there was no request
 * @param low lower quantile over resamples of blocks
 * @param high upper quantile over resamples of blocks
 */
public record Attainment(double share, double low, double high) {}
