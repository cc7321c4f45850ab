/** Tests of the package of the same name. */
@NullMarked
package io.waip.cli.demo.load;

import org.jspecify.annotations.NullMarked;
