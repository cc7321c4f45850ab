package io.waip.replay.tune;

import io.waip.replay.dynamic.DynamicBatcherSettings;

/**
 * The settings that won a search.
 *
 * @param settings the winner
 * @param configurations settings tried, {@code >= 1}
 * @param attainment share of the tuning requests that it served in time, {@code [0, 1]}
 */
public record TunedSettings(
    DynamicBatcherSettings settings, int configurations, double attainment) {}
