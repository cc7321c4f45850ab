/** Tests of the package of the same name. */
@NullMarked
package io.waip.triton.actuate;

import org.jspecify.annotations.NullMarked;
