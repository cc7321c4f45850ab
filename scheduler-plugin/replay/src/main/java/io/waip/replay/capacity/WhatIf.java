package io.waip.replay.capacity;

/**
 * What a change would buy.
 *
 * @param change {@code one_more_device}, {@code longer_objective} or {@code
 *     longer_objective_one_device_fewer}
 * @param figures with the change
 * @param gain in attainment of all requests over the devices chosen
 */
public record WhatIf(String change, CapacityFigures figures, double gain) {}
