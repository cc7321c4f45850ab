/** {@code waip bench goodput}: every policy on the table of workloads, in virtual time. */
@NullMarked
package io.waip.cli.bench.goodput;

import org.jspecify.annotations.NullMarked;
