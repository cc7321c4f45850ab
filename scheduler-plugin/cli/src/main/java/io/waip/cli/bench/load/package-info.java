/**
 * The load generator: a process of its own that sends prepared requests to a server at times drawn
 * beforehand, and accounts for every one. The benches start it, read its lines and then its files.
 */
@NullMarked
package io.waip.cli.bench.load;

import org.jspecify.annotations.NullMarked;
