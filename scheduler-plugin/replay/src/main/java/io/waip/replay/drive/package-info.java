/** Drives a scheduler in virtual time: no clock, no thread; the next event comes at once. */
@NullMarked
package io.waip.replay.drive;

import org.jspecify.annotations.NullMarked;
