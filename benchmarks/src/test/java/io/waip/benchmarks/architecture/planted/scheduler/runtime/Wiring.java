package io.waip.benchmarks.architecture.planted.scheduler.runtime;

/** Known to a room. */
public final class Wiring {}
