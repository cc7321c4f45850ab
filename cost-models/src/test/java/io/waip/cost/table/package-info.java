/** Tests of {@code io.waip.cost.table}. */
@NullMarked
package io.waip.cost.table;

import org.jspecify.annotations.NullMarked;
