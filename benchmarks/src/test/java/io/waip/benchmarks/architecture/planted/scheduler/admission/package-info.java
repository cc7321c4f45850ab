/** Planted violations. */
@NullMarked
package io.waip.benchmarks.architecture.planted.scheduler.admission;

import org.jspecify.annotations.NullMarked;
