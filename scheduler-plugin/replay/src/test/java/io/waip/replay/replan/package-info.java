/** Tests of planning for a window. */
@NullMarked
package io.waip.replay.replan;

import org.jspecify.annotations.NullMarked;
