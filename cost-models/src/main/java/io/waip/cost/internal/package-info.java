/** What the packages of the cost models share; not exported. */
@NullMarked
package io.waip.cost.internal;

import org.jspecify.annotations.NullMarked;
