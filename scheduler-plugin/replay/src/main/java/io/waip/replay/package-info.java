/**
 * Replays a workload against scheduling policies in virtual time and compares each with the
 * clairvoyant limit. What enters is a {@link io.waip.replay.ReplaySpec}; what leaves is a {@link
 * io.waip.replay.ReplayReport}. One thread, no clock: a report depends on its specification alone.
 */
@NullMarked
package io.waip.replay;

import org.jspecify.annotations.NullMarked;
