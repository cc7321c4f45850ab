/** Tests of shadow runs. */
@NullMarked
package io.waip.replay.shadow;

import org.jspecify.annotations.NullMarked;
