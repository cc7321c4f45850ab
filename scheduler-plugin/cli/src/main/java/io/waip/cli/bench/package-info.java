/**
 * {@code waip bench}: the races, each with its baseline in the same run. One package below for each
 * bench, and the load generator they share.
 */
@NullMarked
package io.waip.cli.bench;

import org.jspecify.annotations.NullMarked;
