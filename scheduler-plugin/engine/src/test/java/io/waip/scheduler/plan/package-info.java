/** Tests of the room of the same name. */
@NullMarked
package io.waip.scheduler.plan;

import org.jspecify.annotations.NullMarked;
