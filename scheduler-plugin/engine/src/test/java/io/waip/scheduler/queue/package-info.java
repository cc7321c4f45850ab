/** Tests of the room of the same name. */
@NullMarked
package io.waip.scheduler.queue;

import org.jspecify.annotations.NullMarked;
