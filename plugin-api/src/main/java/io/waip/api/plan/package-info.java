/**
 * The versioned set of parameters the data plane reads; placements, and what they are sought for.
 */
@NullMarked
package io.waip.api.plan;

import org.jspecify.annotations.NullMarked;
