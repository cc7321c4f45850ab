/** Tests and contracts of the package of the same name. */
@NullMarked
package io.waip.api.actuate;

import org.jspecify.annotations.NullMarked;
