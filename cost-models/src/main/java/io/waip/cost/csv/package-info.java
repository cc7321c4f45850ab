/** Small CSV tables whose mistakes are reported with their line. */
@NullMarked
package io.waip.cost.csv;

import org.jspecify.annotations.NullMarked;
