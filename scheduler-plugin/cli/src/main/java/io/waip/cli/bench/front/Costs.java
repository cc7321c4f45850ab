package io.waip.cli.bench.front;

/**
 * What the front costs when nobody is hurt.
 *
 * @param planned added latency with the planner engaged
 * @param passedThrough added latency with the planner bypassed
 * @param cpu processor time per request
 * @param capacity requests per second at saturation
 */
record Costs(AddedLatency planned, AddedLatency passedThrough, CpuFigures cpu, Capacity capacity) {}
