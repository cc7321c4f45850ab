/** What users write on a command line, as checked values. */
@NullMarked
package io.waip.replay.spec;

import org.jspecify.annotations.NullMarked;
