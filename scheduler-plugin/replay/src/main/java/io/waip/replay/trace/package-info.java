/**
 * Reads traces: who asks when, for how much, by when. What enters is a file; what leaves is a
 * {@link io.waip.replay.trace.Trace} or a {@link io.waip.replay.trace.Workload}. A file that is not
 * what it should be stops the reading with a {@link io.waip.replay.trace.TraceFormatException};
 * nothing is guessed. No threads.
 */
@NullMarked
package io.waip.replay.trace;

import org.jspecify.annotations.NullMarked;
