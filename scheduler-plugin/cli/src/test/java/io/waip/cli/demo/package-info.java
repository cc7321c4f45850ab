/** Tests of the package of the same name. */
@NullMarked
package io.waip.cli.demo;

import org.jspecify.annotations.NullMarked;
