/** Predicted execution times and how a cost model is found. */
@NullMarked
package io.waip.api.cost;

import org.jspecify.annotations.NullMarked;
