/**
 * {@code waip fit}: measurement files in, a cost model, its errors and the difference of two models
 * out. Readers and fitters are found by {@link java.util.ServiceLoader}.
 */
@NullMarked
package io.waip.cli.fit;

import org.jspecify.annotations.NullMarked;
