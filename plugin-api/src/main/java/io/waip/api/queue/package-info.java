/** Contracts of the queue step. */
@NullMarked
package io.waip.api.queue;

import org.jspecify.annotations.NullMarked;
