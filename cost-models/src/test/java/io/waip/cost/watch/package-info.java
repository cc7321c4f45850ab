/** Tests of the package of the same name. */
@NullMarked
package io.waip.cost.watch;

import org.jspecify.annotations.NullMarked;
