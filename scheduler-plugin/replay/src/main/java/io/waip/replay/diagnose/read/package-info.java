/** Reads what a diagnosis is made from: Triton's files as it writes them, and records. */
@NullMarked
package io.waip.replay.diagnose.read;

import org.jspecify.annotations.NullMarked;
