/**
 * Microbenchmarks of the data plane, each beside a named neighbour measured in the same run, and
 * the report that gates them: bytes per operation are gated, times are gated only as ratios.
 */
@NullMarked
package io.waip.benchmarks;

import org.jspecify.annotations.NullMarked;
