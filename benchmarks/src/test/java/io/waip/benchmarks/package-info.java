/** Tests that the benchmarks compute what they claim, and of the walls between modules. */
@NullMarked
package io.waip.benchmarks;

import org.jspecify.annotations.NullMarked;
