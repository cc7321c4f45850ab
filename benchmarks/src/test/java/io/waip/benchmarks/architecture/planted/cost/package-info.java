/** Planted violations. */
@NullMarked
package io.waip.benchmarks.architecture.planted.cost;

import org.jspecify.annotations.NullMarked;
