/** Tests of the room of the same name. */
@NullMarked
package io.waip.scheduler.batch;

import org.jspecify.annotations.NullMarked;
