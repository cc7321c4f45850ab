/** The seam between a driver and the scheduling engine: events in, decisions out. */
@NullMarked
package io.waip.api.schedule;

import org.jspecify.annotations.NullMarked;
