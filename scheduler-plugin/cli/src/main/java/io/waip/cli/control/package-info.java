/**
 * The control loop beside a running planner: gathers what a window showed, plans anew on a thread
 * of its own, and lets the planner follow. What the planner's watchers are told enters; orders for
 * its inbox, lines for its log and the plan's file leave.
 */
@NullMarked
package io.waip.cli.control;

import org.jspecify.annotations.NullMarked;
