/** Tests of the plug-in path. */
@NullMarked
package io.waip.cli.plugin;

import org.jspecify.annotations.NullMarked;
