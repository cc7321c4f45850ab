/** Tests of the package of the same name. */
@NullMarked
package io.waip.cost.csv;

import org.jspecify.annotations.NullMarked;
