/** Tests of the package of the same name. */
@NullMarked
package io.waip.replay.diagnose;

import org.jspecify.annotations.NullMarked;
