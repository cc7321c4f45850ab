package io.waip.benchmarks.architecture.planted.scheduler.queue;

/** Breaks: a name says what a type is. */
final class QueueManager {}
