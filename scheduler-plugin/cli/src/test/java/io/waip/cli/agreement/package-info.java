/** Shadow agreement measured on real models. */
@NullMarked
package io.waip.cli.agreement;

import org.jspecify.annotations.NullMarked;
