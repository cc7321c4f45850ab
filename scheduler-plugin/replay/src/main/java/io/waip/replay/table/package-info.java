/**
 * The table that policies are judged by: many workloads, every policy on each, and what is
 * required. No threads of its own, no clock, no files.
 */
@NullMarked
package io.waip.replay.table;

import org.jspecify.annotations.NullMarked;
