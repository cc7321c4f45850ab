@NullMarked
package io.waip.cli.text;

import org.jspecify.annotations.NullMarked;
