/** Tests of {@code io.waip.cost.judge}. */
@NullMarked
package io.waip.cost.judge;

import org.jspecify.annotations.NullMarked;
