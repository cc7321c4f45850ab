/**
 * {@code waip demo}: the main job on real models. Options enter; a tuned baseline and the planner
 * serve the same arrivals in this process; figures, a table and a report leave.
 */
@NullMarked
package io.waip.cli.demo;

import org.jspecify.annotations.NullMarked;
