/** Tests of the dynamic batcher: one rule each. */
@NullMarked
package io.waip.replay.dynamic;

import org.jspecify.annotations.NullMarked;
