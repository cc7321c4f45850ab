/** Tests of the package of the same name. */
@NullMarked
package io.waip.cost.online;

import org.jspecify.annotations.NullMarked;
