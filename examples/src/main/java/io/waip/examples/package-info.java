/** Runnable examples: how to put the planner into a program. */
@NullMarked
package io.waip.examples;

import org.jspecify.annotations.NullMarked;
