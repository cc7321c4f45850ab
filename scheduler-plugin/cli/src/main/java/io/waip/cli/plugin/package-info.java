/**
 * Plug-ins in jars: folders of a plug-in path enter, providers of contracts leave. Each plug-in has
 * a class loader of its own that shows it the contracts and the JDK, nothing else of the command
 * line. Any thread; no state but the classes loaded.
 */
@NullMarked
package io.waip.cli.plugin;

import org.jspecify.annotations.NullMarked;
