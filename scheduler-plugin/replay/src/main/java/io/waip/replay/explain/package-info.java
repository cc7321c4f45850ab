/**
 * What records say of one request, put together for people: how it was admitted, each time it was
 * looked at, its batch and the batches that lost against it, what was predicted and what came.
 */
@NullMarked
package io.waip.replay.explain;

import org.jspecify.annotations.NullMarked;
