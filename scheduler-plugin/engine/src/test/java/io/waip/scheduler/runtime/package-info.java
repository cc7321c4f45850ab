/** Tests of the wired engine. */
@NullMarked
package io.waip.scheduler.runtime;

import org.jspecify.annotations.NullMarked;
