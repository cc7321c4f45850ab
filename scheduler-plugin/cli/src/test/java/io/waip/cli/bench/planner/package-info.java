/**
 * Tests of the figures of {@code waip bench planner}; the run itself needs minutes and idle cores.
 */
@NullMarked
package io.waip.cli.bench.planner;

import org.jspecify.annotations.NullMarked;
