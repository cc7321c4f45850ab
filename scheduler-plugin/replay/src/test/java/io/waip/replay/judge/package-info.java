/** Tests of judged placements. */
@NullMarked
package io.waip.replay.judge;

import org.jspecify.annotations.NullMarked;
