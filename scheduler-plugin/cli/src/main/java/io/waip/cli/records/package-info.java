/** {@code waip records} and {@code waip explain}: files of decision records, checked and read. */
@NullMarked
package io.waip.cli.records;

import org.jspecify.annotations.NullMarked;
