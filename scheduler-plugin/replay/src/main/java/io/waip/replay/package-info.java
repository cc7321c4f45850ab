/**
 * One replay from end to end: what is asked for ({@link io.waip.replay.ReplaySpec}), the requests
 * that result from it, and what each policy made of them ({@link io.waip.replay.ReplayReport}).
 * Reads no file and knows no command line. No threads, no clock.
 */
@NullMarked
package io.waip.replay;

import org.jspecify.annotations.NullMarked;
