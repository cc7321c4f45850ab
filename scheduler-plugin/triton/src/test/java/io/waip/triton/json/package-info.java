/** Tests of the package of the same name. */
@NullMarked
package io.waip.triton.json;

import org.jspecify.annotations.NullMarked;
