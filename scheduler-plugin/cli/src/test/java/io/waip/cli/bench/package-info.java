@NullMarked
package io.waip.cli.bench;

import org.jspecify.annotations.NullMarked;
