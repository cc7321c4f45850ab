/** How much goodput any scheduler could reach, knowing all arrivals. */
@NullMarked
package io.waip.replay.limit;

import org.jspecify.annotations.NullMarked;
