/** Tests of the room of the same name. */
@NullMarked
package io.waip.scheduler.route;

import org.jspecify.annotations.NullMarked;
