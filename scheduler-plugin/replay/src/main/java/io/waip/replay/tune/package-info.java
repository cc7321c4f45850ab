/**
 * Searches the settings of a dynamic batcher that serve most requests in time. A grid and requests
 * enter, the best settings leave. Virtual time; no clock, no threads of its own.
 */
@NullMarked
package io.waip.replay.tune;

import org.jspecify.annotations.NullMarked;
