/** The fit beside what others use on the same points. */
@NullMarked
package io.waip.cost.baseline;

import org.jspecify.annotations.NullMarked;
