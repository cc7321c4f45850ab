/** Shows what came of a second cost model beside a first: figures enter, text and JSON leave. */
@NullMarked
package io.waip.cli.shadow;

import org.jspecify.annotations.NullMarked;
