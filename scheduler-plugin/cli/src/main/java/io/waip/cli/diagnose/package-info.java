/**
 * {@code waip diagnose}: files in, causes of delay with evidence and remedy out. The work is done
 * by {@link io.waip.replay.diagnose.Diagnoser}.
 */
@NullMarked
package io.waip.cli.diagnose;

import org.jspecify.annotations.NullMarked;
