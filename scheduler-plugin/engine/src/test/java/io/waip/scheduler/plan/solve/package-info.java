/** Tests of the search for placements. */
@NullMarked
package io.waip.scheduler.plan.solve;

import org.jspecify.annotations.NullMarked;
