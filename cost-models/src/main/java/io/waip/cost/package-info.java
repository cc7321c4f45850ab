/**
 * Cost models: what one execution takes, fitted to measured points.
 *
 * <p>Measured {@linkplain io.waip.api.cost.CostPoint points} enter; immutable {@linkplain
 * io.waip.api.cost.LatencyModel models} leave, found by name through {@link
 * java.util.ServiceLoader}. Nothing here starts a thread or does I/O. Fitting allocates; predicting
 * does not.
 */
@NullMarked
package io.waip.cost;

import org.jspecify.annotations.NullMarked;
