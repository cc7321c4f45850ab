/**
 * What every command shares while it runs: cancellation by signal, the {@code --json} option, the
 * duration option type. Commands see this package; it sees no command.
 */
@NullMarked
package io.waip.cli.runtime;

import org.jspecify.annotations.NullMarked;
