/** Tests of the Triton driver. */
@NullMarked
package io.waip.triton;

import org.jspecify.annotations.NullMarked;
