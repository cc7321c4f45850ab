/**
 * The clairvoyant limit: what no schedule can exceed on given arrivals, on identical workers, a
 * {@link io.waip.replay.limit.Fleet} of unlike devices or decoders, and the capacity of a service.
 * What enters is a {@link io.waip.replay.trace.Workload} and the cost of batches or steps; what
 * leaves is a number of requests. Nothing here schedules. No threads.
 */
@NullMarked
package io.waip.replay.limit;

import org.jspecify.annotations.NullMarked;
