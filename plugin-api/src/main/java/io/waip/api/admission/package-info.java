/** Contracts of the admission step. */
@NullMarked
package io.waip.api.admission;

import org.jspecify.annotations.NullMarked;
