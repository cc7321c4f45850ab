/** Planted violations. */
@NullMarked
package io.waip.benchmarks.architecture.planted.scheduler.queue;

import org.jspecify.annotations.NullMarked;
