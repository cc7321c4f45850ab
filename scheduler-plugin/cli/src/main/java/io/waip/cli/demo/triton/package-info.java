/**
 * The demo's server: Triton's core in this process, its models in direct mode, and the planner in
 * front of them or its own dynamic batcher over them. A load enters, ends of requests leave.
 */
@NullMarked
package io.waip.cli.demo.triton;

import org.jspecify.annotations.NullMarked;
