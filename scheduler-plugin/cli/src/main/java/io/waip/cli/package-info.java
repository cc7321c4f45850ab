/**
 * The {@code waip} command line: the table of commands, their errors and exit codes. A command
 * lives in a package of its own ({@code io.waip.cli.demo}) and is wired in {@link
 * io.waip.cli.Main}.
 */
@NullMarked
package io.waip.cli;

import org.jspecify.annotations.NullMarked;
