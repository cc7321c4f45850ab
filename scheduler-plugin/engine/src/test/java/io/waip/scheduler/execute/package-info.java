/** Tests of the room of the same name. */
@NullMarked
package io.waip.scheduler.execute;

import org.jspecify.annotations.NullMarked;
