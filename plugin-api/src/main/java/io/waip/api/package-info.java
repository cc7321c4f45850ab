/** Value types every part of the planner shares: requests, tiers, outcomes, estimates. */
@NullMarked
package io.waip.api;

import org.jspecify.annotations.NullMarked;
