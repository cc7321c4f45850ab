/** Planted violations. */
@NullMarked
package io.waip.benchmarks.architecture.planted.scheduler.state;

import org.jspecify.annotations.NullMarked;
