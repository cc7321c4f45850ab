/** Tests of shadow agreement. */
@NullMarked
package io.waip.onnxruntime.agreement;

import org.jspecify.annotations.NullMarked;
