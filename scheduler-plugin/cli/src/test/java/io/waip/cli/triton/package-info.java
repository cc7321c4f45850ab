/** Tests of the planner process's command line. */
@NullMarked
package io.waip.cli.triton;

import org.jspecify.annotations.NullMarked;
