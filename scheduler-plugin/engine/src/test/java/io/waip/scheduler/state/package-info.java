/** Tests of the room of the same name. */
@NullMarked
package io.waip.scheduler.state;

import org.jspecify.annotations.NullMarked;
