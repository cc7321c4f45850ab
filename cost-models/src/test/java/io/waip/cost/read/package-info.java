/** Tests of the readers, on small files in the forms that the tools write. */
@NullMarked
package io.waip.cost.read;

import org.jspecify.annotations.NullMarked;
