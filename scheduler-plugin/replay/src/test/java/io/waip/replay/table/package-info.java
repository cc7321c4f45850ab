/** Tests of the package of the same name. */
@NullMarked
package io.waip.replay.table;

import org.jspecify.annotations.NullMarked;
