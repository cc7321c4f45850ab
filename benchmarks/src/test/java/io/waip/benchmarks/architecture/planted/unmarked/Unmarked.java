package io.waip.benchmarks.architecture.planted.unmarked;

/** Breaks: every package is @NullMarked. */
final class Unmarked {}
