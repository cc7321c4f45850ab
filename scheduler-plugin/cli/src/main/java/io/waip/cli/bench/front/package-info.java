/**
 * {@code waip bench front}: what the front model costs in a stock Triton, and what its clients see
 * when the planner behind it is hurt. It starts the server, the load generator and nothing else,
 * and ends what it started.
 */
@NullMarked
package io.waip.cli.bench.front;

import org.jspecify.annotations.NullMarked;
