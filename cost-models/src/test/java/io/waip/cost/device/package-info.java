/** Tests of the package of the same name. */
@NullMarked
package io.waip.cost.device;

import org.jspecify.annotations.NullMarked;
