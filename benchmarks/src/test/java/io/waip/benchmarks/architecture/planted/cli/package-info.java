/** Planted violations. */
@NullMarked
package io.waip.benchmarks.architecture.planted.cli;

import org.jspecify.annotations.NullMarked;
