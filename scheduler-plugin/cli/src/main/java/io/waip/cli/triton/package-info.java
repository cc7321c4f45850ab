/**
 * The command line of the planner process: reads the configuration and hands it to the Triton
 * driver. Started by the front in {@code libtriton_waip.so}, not by people.
 */
@NullMarked
package io.waip.cli.triton;

import org.jspecify.annotations.NullMarked;
