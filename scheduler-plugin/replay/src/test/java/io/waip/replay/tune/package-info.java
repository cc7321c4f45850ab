/** Tests of the package of the same name. */
@NullMarked
package io.waip.replay.tune;

import org.jspecify.annotations.NullMarked;
