/** Tests of the package of the same name. */
@NullMarked
package io.waip.cost.drift;

import org.jspecify.annotations.NullMarked;
