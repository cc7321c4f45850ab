/** Tests of capacity questions. */
@NullMarked
package io.waip.replay.capacity;

import org.jspecify.annotations.NullMarked;
