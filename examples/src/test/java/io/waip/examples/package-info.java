/** Runs every example once. */
@NullMarked
package io.waip.examples;

import org.jspecify.annotations.NullMarked;
