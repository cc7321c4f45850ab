/**
 * {@code waip replay}: options in, a table and JSON out. The work is done by {@link
 * io.waip.replay.Replay}.
 */
@NullMarked
package io.waip.cli.replay;

import org.jspecify.annotations.NullMarked;
