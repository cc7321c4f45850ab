/** Tests of the native bridge; the assemblers share {@code BatchAssemblerContract}. */
@NullMarked
package io.waip.nativebridge;

import org.jspecify.annotations.NullMarked;
