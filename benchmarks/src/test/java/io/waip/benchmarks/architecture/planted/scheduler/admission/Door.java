package io.waip.benchmarks.architecture.planted.scheduler.admission;

/** Looked at from behind. */
public final class Door {}
