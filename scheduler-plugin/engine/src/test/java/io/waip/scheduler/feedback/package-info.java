/** Tests of the room of the same name. */
@NullMarked
package io.waip.scheduler.feedback;

import org.jspecify.annotations.NullMarked;
