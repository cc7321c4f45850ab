/** Contracts of the route step. */
@NullMarked
package io.waip.api.route;

import org.jspecify.annotations.NullMarked;
