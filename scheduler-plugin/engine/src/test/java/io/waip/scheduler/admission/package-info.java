/** Tests of the room of the same name. */
@NullMarked
package io.waip.scheduler.admission;

import org.jspecify.annotations.NullMarked;
