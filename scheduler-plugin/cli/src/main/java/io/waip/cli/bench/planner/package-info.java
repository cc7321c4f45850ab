/**
 * {@code waip bench planner}: the closed loop on Triton's core in this process, over a workload
 * that changes three times, against static plans found by sweep. A loop of its own for each arm;
 * figures leave.
 */
@NullMarked
package io.waip.cli.bench.planner;

import org.jspecify.annotations.NullMarked;
