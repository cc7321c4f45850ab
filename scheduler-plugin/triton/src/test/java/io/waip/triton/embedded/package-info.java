/** Tests of the embedded server, on the real core. */
@NullMarked
package io.waip.triton.embedded;

import org.jspecify.annotations.NullMarked;
