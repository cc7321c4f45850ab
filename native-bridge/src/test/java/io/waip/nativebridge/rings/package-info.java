/** Tests of the shared-memory rings. */
@NullMarked
package io.waip.nativebridge.rings;

import org.jspecify.annotations.NullMarked;
