/**
 * Names the causes of delay: figures of a server or a run go in, findings with evidence and remedy
 * come out. Pure and deterministic: no clock, thread or I/O. Its rules are in {@code rule}, the
 * readers of files in {@code read}.
 */
@NullMarked
package io.waip.replay.diagnose;

import org.jspecify.annotations.NullMarked;
