/** Tests of the package of the same name. */
@NullMarked
package io.waip.cli.demo.report;

import org.jspecify.annotations.NullMarked;
