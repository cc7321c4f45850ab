/** Scheduling policies the planner is compared with, each behind the scheduler contract. */
@NullMarked
package io.waip.replay.policy;

import org.jspecify.annotations.NullMarked;
