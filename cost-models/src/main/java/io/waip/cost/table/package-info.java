/**
 * Readers of measured tables: comma-separated files enter, {@linkplain
 * io.waip.api.measurement.Measurement measurements} leave, a row each and in the order of the file.
 * A file that is not as it should be is refused with the line, what was found, what is allowed and
 * the remedy. Any thread.
 */
@NullMarked
package io.waip.cost.table;

import org.jspecify.annotations.NullMarked;
