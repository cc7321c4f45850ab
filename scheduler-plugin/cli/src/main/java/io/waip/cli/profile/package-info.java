/**
 * {@code waip profile}: executions of a model on ONNX Runtime in this process, timed over batch and
 * length, and a file of them that {@code waip fit} reads. The calling thread times; one other
 * executes.
 */
@NullMarked
package io.waip.cli.profile;

import org.jspecify.annotations.NullMarked;
