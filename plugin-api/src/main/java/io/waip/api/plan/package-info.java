/** The versioned set of parameters the data plane reads. */
@NullMarked
package io.waip.api.plan;

import org.jspecify.annotations.NullMarked;
