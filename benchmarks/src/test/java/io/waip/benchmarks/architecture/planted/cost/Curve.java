package io.waip.benchmarks.architecture.planted.cost;

/** Known to the command line. */
public final class Curve {}
