/**
 * Answers to what people type: the error they get for bad input and the known word nearest to a
 * mistyped one. Used by the command line and by the configuration; knows neither. No threads, no
 * I/O.
 */
@NullMarked
package io.waip.cli.input;

import org.jspecify.annotations.NullMarked;
