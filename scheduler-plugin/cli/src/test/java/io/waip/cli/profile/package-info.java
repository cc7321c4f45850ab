/** Tests of {@code waip profile}. */
@NullMarked
package io.waip.cli.profile;

import org.jspecify.annotations.NullMarked;
