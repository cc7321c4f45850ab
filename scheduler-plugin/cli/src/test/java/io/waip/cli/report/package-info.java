/** Tests of the package of the same name. */
@NullMarked
package io.waip.cli.report;

import org.jspecify.annotations.NullMarked;
