/** Settings of a dynamic batcher as text and as JSON. */
@NullMarked
package io.waip.cli.settings;

import org.jspecify.annotations.NullMarked;
