package io.waip.cli.demo;

/**
 * One bar a run is held to.
 *
 * @param name what is compared
 * @param required least value; 0 and met only by 0 for counts of faults
 * @param measured in this run
 * @param limitedBy where missed, what this run shows about why; else empty
 */
record Bar(String name, double required, double measured, boolean met, String limitedBy) {}
