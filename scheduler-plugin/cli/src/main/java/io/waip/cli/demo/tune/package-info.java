/**
 * Searches the baseline's best settings. A grid and a load enter, the settings with the highest
 * goodput leave. Candidates are compared in virtual time first, then by real runs.
 */
@NullMarked
package io.waip.cli.demo.tune;

import org.jspecify.annotations.NullMarked;
