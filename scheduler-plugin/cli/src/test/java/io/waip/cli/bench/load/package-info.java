@NullMarked
package io.waip.cli.bench.load;

import org.jspecify.annotations.NullMarked;
