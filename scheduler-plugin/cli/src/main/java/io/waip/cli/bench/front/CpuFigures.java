package io.waip.cli.bench.front;

/**
 * Processor time per request, user and system.
 *
 * @param cpuUsPerRequestDirect of the server's process, for requests to the target itself
 * @param cpuUsPerRequestFront of the server's process, for requests to the front
 * @param cpuUsPerRequestPlanner of the planner's process, for requests to the front
 */
record CpuFigures(
    double cpuUsPerRequestDirect, double cpuUsPerRequestFront, double cpuUsPerRequestPlanner) {}
