/**
 * Readers of measurements that other tools write, one class for each form, found by {@link
 * java.util.ServiceLoader}. Each takes only times that are those of an execution of a known batch,
 * and says so where a file has none; {@code docs/measurements.md} tells what is taken of each form.
 * What a file does not say its name must ({@link FileSetting}). Stateless; any thread.
 */
@NullMarked
package io.waip.cost.read;

import org.jspecify.annotations.NullMarked;
