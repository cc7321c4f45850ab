/**
 * Judges fits at points they did not see: shapes enter, errors and coverage leave. Deterministic
 * under its seeds; no I/O, no thread.
 */
@NullMarked
package io.waip.cost.judge;

import org.jspecify.annotations.NullMarked;
