/** Watching a running engine's workload and cost model for lasting changes. */
@NullMarked
package io.waip.api.drift;

import org.jspecify.annotations.NullMarked;
