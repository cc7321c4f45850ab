/** Tests of the package of the same name. */
@NullMarked
package io.waip.cli.replay.page;

import org.jspecify.annotations.NullMarked;
