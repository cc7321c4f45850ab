/** Faults planted in simulated servers and runs, and what is diagnosed of them. */
@org.jspecify.annotations.NullMarked
package io.waip.replay.diagnose;
