/** Planted violations. */
@NullMarked
package io.waip.benchmarks.architecture.planted.scheduler.runtime;

import org.jspecify.annotations.NullMarked;
