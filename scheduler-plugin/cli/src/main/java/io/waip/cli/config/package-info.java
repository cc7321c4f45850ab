/**
 * The configuration: one YAML file in, immutable records out. Every mistake stops the start with a
 * {@link io.waip.cli.input.UserError} that names file, line, key, value, allowed range and remedy;
 * nothing is mapped to a lenient default. {@code docs/configuration.md} lists the keys, which
 * {@link io.waip.cli.config.ConfigKey} declares. No threads; reads the one file it is given.
 */
@NullMarked
package io.waip.cli.config;

import org.jspecify.annotations.NullMarked;
