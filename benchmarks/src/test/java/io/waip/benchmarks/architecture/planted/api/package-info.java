/** Planted violations. */
@NullMarked
package io.waip.benchmarks.architecture.planted.api;

import org.jspecify.annotations.NullMarked;
