/**
 * Open-loop load on a planned session. A text load enters; it is sent at its intended times by one
 * thread of its own; how each request ended leaves, counted from the answers.
 */
@NullMarked
package io.waip.cli.demo.load;

import org.jspecify.annotations.NullMarked;
