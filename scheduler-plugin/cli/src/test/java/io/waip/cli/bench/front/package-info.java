@NullMarked
package io.waip.cli.bench.front;

import org.jspecify.annotations.NullMarked;
