/**
 * The walls between modules and rooms, and the limits of shape, as tests.
 *
 * <p>Each rule is also run over classes planted to break it, in {@code planted}: a package tree
 * that mirrors {@code io.waip}.
 */
@NullMarked
package io.waip.benchmarks.architecture;

import org.jspecify.annotations.NullMarked;
